import { batchesOfLog } from '../events';
import { linesOf } from '../model/fixtures/read.cjs';
import { Session } from '../model';
import { answer } from './answer';
import type { IServedLog } from './served';

/** A log as YARN would have it written: with the number of the attempt. */
function attempt(name: string, id: string | null): IServedLog {
  const lines = linesOf(name).map(line =>
    line.startsWith('{"Event":"SparkListenerApplicationStart"')
      ? JSON.stringify({
          ...JSON.parse(line),
          'App ID': 'app',
          ...(id === null ? {} : { 'App Attempt ID': id })
        })
      : line
  );
  const session = new Session();
  batchesOfLog(lines).forEach(batch => session.apply(batch));
  const application = session.latest!;
  return { application, modifiedTime: 0, folder: 'file:///logs' };
}

// The order of an application's attempts is that of their starts, whatever the order of the files.
const tries = [attempt('everyday-4.3', '1'), attempt('failures-4.3', '2')].sort(
  (a, b) => a.application.startTime! - b.application.startTime!
);

function ask(path: string): unknown {
  const answered = answer(tries, path, 0);
  return 'text' in answered ? JSON.parse(answered.text) : answered;
}

it('lists the attempts of an application, the newest first', () => {
  expect(ask('applications')).toMatchObject([
    {
      id: 'app',
      attempts: [
        { attemptId: tries[1]!.application.attemptId },
        { attemptId: tries[0]!.application.attemptId }
      ]
    }
  ]);
});

it('answers about each attempt, and wants to know which', () => {
  expect(ask('applications/app/1')).toMatchObject({ attemptId: '1' });
  expect(ask('applications/app/1/storage/rdd')).toHaveLength(2);
  expect(ask('applications/app/2/storage/rdd')).toEqual([]);
  expect(ask('applications/app/jobs')).toEqual({
    status: 404,
    message: 'no such app: app'
  });
  expect(ask('applications/app/3/jobs')).toEqual({
    status: 404,
    message: 'no such app: app/3'
  });
});
