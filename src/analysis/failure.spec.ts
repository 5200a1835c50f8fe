import { TaskState, type Application } from '../model';
import { modelOf } from '../model/fixtures/models';
import { logs } from '../model/fixtures/read.cjs';
import { readFailure, shortFailure, type IFailure } from './failure';

/** What the tasks of a log failed with, each text once. */
function errorsOf({ tasks, strings }: Application): IFailure[] {
  const texts = new Set<string>();
  for (let row = 0; row < tasks.length; row++) {
    const error = tasks.error[row]!;
    if (error > 0) {
      texts.add(strings[error - 1]!);
    }
  }
  return [...texts].map(readFailure);
}

describe.each(logs.filter(name => name.startsWith('failures')))(
  'the errors in %s',
  name => {
    const application = modelOf(name);
    const stage = (key: string): IFailure =>
      readFailure(application.stages.get(key)!.failureReason!);

    it('names the user’s own exception and line', () => {
      expect(stage('3.0')).toMatchObject({
        kind: 'python',
        headline: 'RuntimeError: never',
        place: {
          file: 'failures.py',
          isCell: false,
          line: 22,
          code: 'raise RuntimeError("never")'
        }
      });
    });

    it.each([300, 200, 120])('reads the same in %i characters', most => {
      const text = application.stages.get('3.0')!.failureReason!;
      const short = shortFailure(text, most);
      expect(text.length).toBeGreaterThan(most);
      expect(short.length).toBeLessThanOrEqual(most);
      expect(readFailure(short)).toMatchObject({
        kind: 'python',
        headline: 'RuntimeError: never'
      });
      if (most === 300) {
        expect(readFailure(short)).toEqual(readFailure(text));
      }
    });

    it('keeps the exception in a few characters, and the beginning of what is no exception', () => {
      const text = application.stages.get('3.0')!.failureReason!;
      expect(shortFailure(text, 20)).toBe('RuntimeError: never');
      expect(shortFailure('x'.repeat(50), 40)).toBe('x'.repeat(40));
      expect(shortFailure('short', 40)).toBe('short');
    });

    it('tells a cancelled job from a failed one', () => {
      expect(stage('5.0')).toMatchObject({
        kind: 'cancelled',
        headline: 'Job 3 cancelled part of cancelled job group to be cancelled'
      });
    });

    it('does not blame a task that was stopped', () => {
      const { tasks, strings } = application;
      for (let row = 0; row < tasks.length; row++) {
        if (tasks.state[row] === TaskState.killed) {
          const { kind } = readFailure(strings[tasks.error[row]! - 1] ?? '');
          expect(['cancelled', 'stageFailed', 'superseded']).toContain(kind);
        }
      }
    });

    it('keeps a message that looks like markup as it is', () => {
      expect(errorsOf(application).map(f => f.headline)).toContain(
        'ValueError: not yet <script>alert(1)</script>'
      );
    });
  }
);

it.each(logs.filter(name => name.startsWith('retries')))(
  'lost executors and lost shuffles in %s',
  name => {
    const failures = errorsOf(modelOf(name));
    expect(new Set(failures.map(failure => failure.kind))).toEqual(
      new Set(['shuffleLost', 'executorLost'])
    );
    expect(failures[0]!.headline).toMatch(
      /^FetchFailed: executor [01] on localhost$/
    );
  }
);

it.each(logs.filter(name => name.startsWith('speculation')))(
  'copies that were not needed in %s',
  name => {
    const kinds = errorsOf(modelOf(name)).map(failure => failure.kind);
    expect(kinds).toContain('superseded');
    expect(kinds).not.toContain('cancelled');
  }
);

describe('texts of faults that are hard to cause', () => {
  it.each([
    ['java.lang.OutOfMemoryError: Java heap space', 'memory'],
    ['java.io.IOException: No space left on device', 'disk'],
    [
      'Job aborted due to stage failure: Total size of serialized results of 5 tasks (1.3 GiB) is bigger than spark.driver.maxResultSize (1024.0 MiB)',
      'resultSize'
    ],
    ['_pickle.PicklingError: Could not serialize object', 'serialisation'],
    ['Python worker exited unexpectedly (crashed)', 'workerCrash'],
    ['java.io.FileNotFoundException: File does not exist', 'missingFile'],
    [
      'Stage cancelled: Job aborted due to stage failure: Task 2 in stage 3.0 failed 3 times, most recent failure: Lost task 2.2 in stage 3.0 (TID 33) (localhost executor driver): org.apache.spark.api.python.PythonException: Traceback (most recent call last):',
      'stageFailed'
    ],
    ['something new', 'other']
  ])('%s', (text, kind) => {
    expect(readFailure(text).kind).toBe(kind);
  });

  it('takes the repetition off the front', () => {
    const failure = readFailure(
      'Job aborted due to stage failure: Task 2 in stage 3.0 failed 4 times, most recent failure: Lost task 2.3 in stage 3.0 (TID 33) (localhost executor driver): java.lang.RuntimeException: bad row\n\tat x'
    );
    expect(failure.headline).toBe('java.lang.RuntimeException: bad row');
    expect(failure.tries).toBe(4);
  });
});
