import { summarise } from '../analysis/run-summary';
import { runOf } from '../model/fixtures/models';
import { logs } from '../model/fixtures/read.cjs';
import { readRun, SAVED_VERSION, saveRun } from './saved-runs';

describe.each(logs)('%s, saved with a notebook', name => {
  const run = runOf(name);

  it('takes at most 24 kB and reads back the same', async () => {
    const saved = await saveRun(run);
    const text = JSON.stringify(saved);
    expect(text.length).toBeLessThanOrEqual(24 * 1024);
    const again = await readRun(JSON.parse(text));
    // The segments are drawn from the frames, not saved beside them.
    expect({ ...summarise(again), segments: [] }).toEqual(saved.summary);
  });
});

describe('a saved run that cannot be read', () => {
  it.each([
    [
      'of another version',
      { version: SAVED_VERSION + 1, frames: [] },
      /version 2/
    ],
    ['without frames', { version: SAVED_VERSION }, /version/],
    ['that is no object', 'x', /version/],
    ['that is nothing', null, /version/],
    ['that holds no run', { version: SAVED_VERSION, frames: [] }, /no run/],
    [
      'whose frame is damaged',
      { version: SAVED_VERSION, frames: [btoa('SGL1 and then nothing')] },
      /./
    ],
    [
      'whose frame is no base64',
      { version: SAVED_VERSION, frames: ['***'] },
      /./
    ]
  ])('is refused: %s', async (_, value, message) => {
    await expect(readRun(value)).rejects.toThrow(message);
  });
});
