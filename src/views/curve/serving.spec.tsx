/** @jest-environment jsdom */
import { plainWords } from '../../draw/words';
import { ServedModel } from '../../model';
import { BASELINE_LOOK } from './looks';
import { Serving } from './serving';
import { textOf } from './fixtures/text-of';

/** The row of a model that was published 5 s before. */
function rowOf(isStopped: boolean): string {
  const serving = {
    version: '3',
    trainedOn: 200,
    publishedAt: 1000,
    examples: 250,
    requests: 7,
    errors: 0,
    latencies: null,
    isStopped,
    time: 6000
  };
  const served = {
    key: 'lag 0',
    name: 'forest',
    look: BASELINE_LOOK,
    served: new ServedModel(),
    seen: 250,
    line: null,
    freshness: { serving, ageMs: 5000, lag: 50 }
  };
  return textOf(
    <Serving
      served={served}
      trans={plainWords}
      onExplain={() => undefined}
      onHide={() => undefined}
    />
  );
}

describe('the row of a served model', () => {
  it('says how old the model is that answers', () => {
    expect(rowOf(false)).toContain('forest answers requests');
    expect(rowOf(false)).toContain('age 5.0 s');
  });

  it('leaves the age out when nobody answers: it would rise for ever', () => {
    const words = rowOf(true);
    expect(words).toContain('forest does not answer any more');
    expect(words).not.toContain('age');
    expect(words).toContain('version 3');
    expect(words).toContain('50 rows');
  });
});
