import { CellRun } from '../model';
import { modelOf } from '../model/fixtures/models';
import { inputFrames, watermarkColumn, watermarkColumnOf } from './event-times';
import { streams } from './fixtures/read.cjs';

describe.each(['3.5', '4.3'])('event times of Spark %s', version => {
  const app = modelOf(streams(version).lines);

  it('are in the column that the plan has a watermark on', () => {
    const columns = [...app.streams.values()].map(query => [
      query.name,
      watermarkColumnOf(app, query)
    ]);
    expect(columns).toContainEqual(['late rows', 'at']);
    expect(columns).toContainEqual(['rates', null]);
  });
});

it('a column may be called anything, and a plan may have no watermark', () => {
  const plan = 'EventTimeWatermark (2)\n\n(2) EventTimeWatermark\n';
  const column = 'Input [1]: [x]\nArguments: when it was#7: timestamp, 1 hours';
  expect(watermarkColumn(plan + column)).toBe('when it was');
  expect(watermarkColumn('')).toBeNull();
});

it('only streams as they come in are offered', () => {
  const run = new CellRun('c/1');
  const note = (name: string, operations: string[], streaming = true) => ({
    name,
    operations,
    added: [],
    streaming
  });
  run.dataFrames = [
    note('rows', ['StreamingRelationV2', 'Project', 'EventTimeWatermark']),
    note('counts', ['StreamingRelationV2', 'Aggregate']),
    note('still', ['Range'], false),
    note('no name', ['StreamingRelationV2'])
  ];
  expect(inputFrames(run)).toEqual(['rows']);
  expect(inputFrames(null)).toEqual([]);
});
