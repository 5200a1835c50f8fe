import { sparkUiPath } from './spark-ui-page';

describe('sparkUiPath', () => {
  it('names the pages as Spark does', () => {
    expect(sparkUiPath({ kind: 'jobs' })).toBe('jobs/');
    expect(sparkUiPath({ kind: 'dstreams' })).toBe('streaming/');
    expect(sparkUiPath({ kind: 'job', id: 3 })).toBe('jobs/job/?id=3');
    expect(sparkUiPath({ kind: 'stage', id: 4, attempt: 1 })).toBe(
      'stages/stage/?id=4&attempt=1'
    );
    expect(sparkUiPath({ kind: 'execution', id: 5 })).toBe(
      'SQL/execution/?id=5'
    );
    expect(sparkUiPath({ kind: 'query', runId: 'a b&c' })).toBe(
      'StreamingQuery/statistics/?id=a%20b%26c'
    );
  });
});
