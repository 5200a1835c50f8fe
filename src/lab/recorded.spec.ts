import { decodeFrameWithLines, type IBatch } from '../events';
import { framesOf, linesOf, logs } from '../model/fixtures/read.cjs';
import { Session, type Application } from '../model';
import { LogWriter } from '../sources/eventlog/writer';
import { answer } from '../api/answer';
import { servedOf } from '../api/fixtures/served';
import type { IServedLog } from '../api/served';

function linesOfBatches(
  batches: readonly IBatch[],
  app: Application
): { lines: string[]; tasksGone: number } {
  const writer = new LogWriter({
    ordinal: 1,
    id: app.id,
    name: app.name,
    sparkVersion: app.sparkVersion,
    user: app.user,
    startTime: app.startTime ?? 0,
    strings: []
  });
  const texts = batches.flatMap(batch => [...writer.write(batch)]);
  return { lines: texts.join('').split('\n'), tasksGone: writer.tasksGone };
}

/** The log that is recorded of what the listener sent. */
async function recorded(name: string): Promise<string[]> {
  const batches = await Promise.all(framesOf(name).map(decodeFrameWithLines));
  const session = new Session();
  batches.forEach(batch => session.apply(batch));
  return linesOfBatches(batches, session.latest!).lines;
}

/**
 * Peaks of executors' memory, users' accumulators of a task, and the addresses of executors' logs are not in what the listener sends; texts
 * are cut there.
 */
function known(text: string): unknown {
  return JSON.parse(text, (name, value: unknown) =>
    /^peak(Executor|Memory)Metrics|^peakO(n|ff)Heap|^executorMetricsDistributions$|^accumulatorUpdates$|^executorLogs$/.test(
      name
    )
      ? undefined
      : typeof value === 'string'
        ? value.slice(0, 900)
        : value
  );
}

/** What is counted of jobs and stages. */
function counts(application: Application): unknown {
  const jobs = [...application.jobs.values()].map(job => [
    job.id,
    job.status,
    job.numActiveTasks,
    job.numCompletedTasks,
    job.numFailedTasks,
    job.numKilledTasks
  ]);
  const stages = application.stageList.map(stage => [
    stage.key,
    stage.status,
    stage.numActiveTasks,
    stage.numCompleteTasks,
    stage.numFailedTasks,
    stage.numKilledTasks,
    stage.firstTaskLaunchTime
  ]);
  return { jobs, stages };
}

/** What the kernel does with old frames when its memory is full. */
async function withoutRows(frame: Uint8Array): Promise<IBatch> {
  const bytes = frame.slice();
  const view = new DataView(bytes.buffer);
  view.setUint16(6, view.getUint16(6, true) | 2, true);
  return decodeFrameWithLines(bytes);
}

describe.each(logs)('the recorded log of %s, of which rows are gone,', name => {
  it.each([1, 2, 3])('counts as the page does: every %i. frame', async n => {
    const batches = await Promise.all(
      framesOf(name).map((frame, i) =>
        i % n === 0 ? withoutRows(frame) : decodeFrameWithLines(frame)
      )
    );
    const session = new Session();
    batches.forEach(batch => session.apply(batch));
    const live = session.latest!;
    const { lines, tasksGone } = linesOfBatches(batches, live);
    const { application } = servedOf(lines);
    expect(tasksGone).toBe(live.droppedRows);
    expect(tasksGone).toBeGreaterThan(0);
    expect(counts(application)).toEqual(counts(live));
  });
});

describe.each(logs)('the recorded log of %s', name => {
  it('answers as the log that Spark wrote', async () => {
    const theirs = servedOf(linesOf(name));
    const ours = servedOf(await recorded(name));
    const { id } = theirs.application;
    const identity = ({ application }: IServedLog) => ({
      id: application.id,
      name: application.name,
      user: application.user,
      sparkVersion: application.sparkVersion,
      startTime: application.startTime,
      hasEnded: application.endTime !== null
    });
    expect(identity(ours)).toEqual(identity(theirs));
    const stages = theirs.application.stageList.map(
      stage => `/stages/${stage.id}/${stage.attempt}`
    );
    const paths = [
      '/jobs',
      '/stages',
      ...stages.map(path => `${path}/taskList?length=1000`),
      ...stages.map(path => `${path}/taskSummary?quantiles=0,0.25,0.5,1`)
    ];
    for (const path of paths) {
      const of = (served: IServedLog) =>
        answer([served], `applications/${id}${path}`, 0);
      const [our, their] = [of(ours), of(theirs)];
      expect(our.status).toBe(their.status);
      if ('text' in our && 'text' in their) {
        expect({ path, body: known(our.text) }).toEqual({
          path,
          body: known(their.text)
        });
      }
    }
  });
});
