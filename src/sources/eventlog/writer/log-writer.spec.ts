import {
  batchesOfLog,
  COLUMNS,
  decodeFrameWithLines,
  encodeFrame,
  isCurveEvent,
  Flag,
  Kind,
  Reason,
  rowsFrom,
  type ColumnName,
  type IBatch,
  type ISparkEvent
} from '../../../events';
import { learning } from '../../../analysis/fixtures/read.cjs';
import { Session } from '../../../model';
import { framesOf, linesOf, logs } from '../../../model/fixtures/read.cjs';
import { LogWriter, type ILoggedApplication } from './log-writer';

const APP: ILoggedApplication = {
  ordinal: 1,
  id: 'local-1',
  name: 'a name',
  sparkVersion: '4.3.0',
  user: 'somebody',
  startTime: 5,
  strings: []
};

function eventsOf(texts: Iterable<string>): ISparkEvent[] {
  return [...texts]
    .join('')
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as ISparkEvent);
}

function batchesOf(name: string): Promise<IBatch[]> {
  return Promise.all(framesOf(name).map(decodeFrameWithLines));
}

function write(
  batches: readonly IBatch[],
  app: Partial<ILoggedApplication> = {}
): { events: ISparkEvent[]; writer: LogWriter } {
  const writer = new LogWriter({ ...APP, ...app });
  const texts = batches.flatMap(batch => [...writer.write(batch)]);
  return { events: eventsOf(texts), writer };
}

/** Written once, also where nobody has said it. */
const isEdge = (name: string): boolean =>
  /^SparkListener(LogStart|ApplicationStart|ApplicationEnd)$/.test(name);

const take = (writer: LogWriter, of: IBatch): string =>
  [...writer.write(of)].join('');

const isTask = ({ Event }: ISparkEvent): boolean =>
  Event.startsWith('SparkListenerTask');

/** What rows do not hold; `Task Type` is compared where it can be known. */
const NOT_TOLD = new Set([
  'Accumulables',
  'Accumulator Updates',
  'Task Executor Metrics',
  'Updated Blocks',
  'Push Based Shuffle',
  'Peak On Heap Execution Memory',
  'Peak Off Heap Execution Memory',
  'Stack Trace'
]);

/** A line without what rows do not hold; texts as far as rows keep them. Names keep their order. */
function told(event: ISparkEvent): string {
  return JSON.stringify(event, (name, value: unknown) =>
    NOT_TOLD.has(name)
      ? undefined
      : name === 'Full Stack Trace' ||
          name === 'Message' ||
          name === 'Description'
        ? String(value).slice(0, 900)
        : value
  );
}

/** A task that wrote no shuffle: what its stage does may not have been known. */
function isVague(event: ISparkEvent): boolean {
  const metrics = event['Task Metrics'] as
    | { 'Shuffle Write Metrics'?: { 'Shuffle Bytes Written'?: number } }
    | undefined;
  return !metrics?.['Shuffle Write Metrics']?.['Shuffle Bytes Written'];
}

const key = (event: ISparkEvent): string => {
  const info = event['Task Info'] as Record<string, unknown>;
  const reason = event['Task End Reason'] as { Reason?: string } | undefined;
  return `${event.Event} ${String(info['Task ID'])} ${String(reason?.Reason === 'Resubmitted')}`;
};

describe.each(logs)('the log of what the listener sent of %s', name => {
  const spark = linesOf(name).map(line => JSON.parse(line) as ISparkEvent);

  it('has the lines of every task as Spark wrote them', async () => {
    const { events } = write(await batchesOf(name));
    const ours = new Map(events.filter(isTask).map(e => [key(e), told(e)]));
    const theirs = new Map(spark.filter(isTask).map(e => [key(e), told(e)]));
    // Whether a task took its result in another message is told by its end, too.
    for (const of of [ours, theirs]) {
      for (const known of of.keys()) {
        if (known.startsWith('SparkListenerTaskGettingResult')) {
          of.delete(known);
        }
      }
    }
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
    const vague = new Set(spark.filter(isTask).filter(isVague).map(key));
    for (const [task, line] of theirs) {
      const type = vague.has(task) ? /"Task Type":"\w+",/ : /^$/;
      expect(ours.get(task)?.replace(type, '')).toBe(line.replace(type, ''));
    }
  });

  it('has all other lines of the listener word for word', async () => {
    const batches = await batchesOf(name);
    const { events } = write(batches);
    const sent = batches
      .flatMap(batch => batch.events)
      .filter(
        ({ Event }) =>
          Event !== 'SparkglassStrings' &&
          !Event.startsWith('SparkglassApplication') &&
          !isEdge(Event)
      );
    const ours = events.filter(
      event =>
        !isTask(event) &&
        !event.Event.startsWith('SparkglassApplication') &&
        !isEdge(event.Event)
    );
    const names = (of: readonly ISparkEvent[]) => of.map(e => e.Event);
    expect(names(ours)).toEqual(names(sent));
    expect(names(events)[0]).toBe('SparkListenerLogStart');
    for (const once of [
      'SparkListenerLogStart',
      'SparkListenerApplicationStart',
      'SparkListenerApplicationEnd'
    ]) {
      expect(names(events).filter(n => n === once)).toHaveLength(1);
    }
    expect(names(events)).not.toContain('SparkglassStrings');
  });

  it('begins no task in a stage that is over', async () => {
    const { events } = write(await batchesOf(name));
    const lateIn = (of: readonly ISparkEvent[]): number => {
      const over = new Set<string>();
      let late = 0;
      for (const event of of) {
        const info = event['Stage Info'] as Record<string, unknown> | undefined;
        if (event.Event === 'SparkListenerStageCompleted') {
          over.add(
            `${String(info?.['Stage ID'])}.${String(info?.['Stage Attempt ID'])}`
          );
        } else if (event.Event === 'SparkListenerTaskStart') {
          const stage = `${String(event['Stage ID'])}.${String(event['Stage Attempt ID'])}`;
          late += over.has(stage) ? 1 : 0;
        }
      }
      return late;
    };
    expect(lateIn(events)).toBe(lateIn(spark));
  });

  it('is read back as the same rows and events', async () => {
    const { events } = write(await batchesOf(name));
    const lines = events.map(event => JSON.stringify(event));
    const [batch] = batchesOfLog(lines, { size: Infinity });
    expect(batch?.badLines).toBe(0);
    const ends = spark.filter(e => e.Event === 'SparkListenerTaskEnd').length;
    const starts = spark.filter(
      e => e.Event === 'SparkListenerTaskStart'
    ).length;
    const getting = events.filter(
      e => e.Event === 'SparkListenerTaskGettingResult'
    ).length;
    expect(batch?.rows?.length).toBe(starts + ends + getting);
  });
});

/** A batch of application 1. */
function batch(
  events: readonly ISparkEvent[],
  rows: readonly Partial<Record<ColumnName, number>>[] = [],
  application = 1
): IBatch {
  const lists = rows.map(row => COLUMNS.map(({ name }) => row[name] ?? 0));
  return {
    application,
    backfill: false,
    events,
    rows: lists.length > 0 ? rowsFrom(lists) : null
  };
}

const names = (events: readonly ISparkEvent[]): string[] =>
  events.map(({ Event }) => Event);

const ENDED = { kind: Kind.ended, reason: Reason.success } as const;

describe('LogWriter', () => {
  it('says who the application is when nobody has', () => {
    const job = { Event: 'SparkListenerJobStart', 'Job ID': 0 };
    const { events } = write([batch([job])]);
    expect(names(events)).toEqual([
      'SparkListenerLogStart',
      'SparkListenerApplicationStart',
      'SparkListenerJobStart'
    ]);
    expect(events[1]).toEqual({
      Event: 'SparkListenerApplicationStart',
      'App Name': 'a name',
      'App ID': 'local-1',
      Timestamp: 5,
      User: 'somebody'
    });
  });

  it('tells a start and an end once, however often they come', () => {
    const started = { kind: Kind.started, taskId: 3 };
    const ended = { ...ENDED, taskId: 3 };
    const { events } = write([
      batch([], [started, ended]),
      batch([], [started, ended, { ...ended, reason: Reason.resubmitted }]),
      batch([], [{ ...ended, reason: Reason.resubmitted }])
    ]);
    expect(names(events).slice(2)).toEqual([
      'SparkListenerTaskStart',
      'SparkListenerTaskEnd',
      'SparkListenerTaskEnd'
    ]);
  });

  it('leaves out other applications, but not the cells', () => {
    const start = (application: number) => ({
      Event: 'SparkglassApplication',
      Application: application,
      'App ID': `app-${application}`
    });
    const cell = {
      Event: 'SparkglassCellStart',
      'Run ID': 'r',
      'Cell ID': 'c',
      Number: 1,
      Time: 1
    };
    const { events } = write(
      [
        batch([start(1), start(2), cell], [], 0),
        batch([{ Event: 'SparkListenerJobStart' }], [ENDED], 1)
      ],
      { ordinal: 2 }
    );
    expect(events.slice(1)).toEqual([
      { Event: 'SparkglassApplication', 'App ID': 'app-2' },
      cell
    ]);
  });

  it('has ended when the application and the cell that ended it have', () => {
    const cell = (Event: string) => ({ Event, 'Run ID': 'r' });
    const { writer } = write([batch([cell('SparkglassCellStart')])]);
    take(writer, batch([{ Event: 'SparkListenerApplicationEnd' }]));
    expect(writer.hasEnded).toBe(false);
    const end = {
      Event: 'SparkglassApplicationEnd',
      Application: 1,
      Reason: 'stopped',
      Time: 7
    };
    take(writer, batch([end], [], 0));
    expect(writer.hasEnded).toBe(false);
    take(writer, batch([cell('SparkglassCellEnd')]));
    expect(writer.hasEnded).toBe(true);
  });

  it('writes no end of an application whose driver died', () => {
    const end = {
      Event: 'SparkglassApplicationEnd',
      Application: 1,
      Reason: 'gone',
      Time: 7
    };
    const { events, writer } = write([batch([end], [], 0)]);
    expect(names(events)).not.toContain('SparkListenerApplicationEnd');
    expect(writer.hasEnded).toBe(true);
  });

  it('says how many tasks are gone, and counts no start twice', () => {
    const sums = {
      Event: 'SparkglassTasksDropped',
      'Stage ID': 0,
      'Stage Attempt ID': 0,
      Started: 2,
      Succeeded: 1,
      Rows: 1
    };
    const { events, writer } = write([
      batch([sums]),
      batch(
        [],
        [
          { ...ENDED, taskId: 1 },
          { ...ENDED, taskId: 2 }
        ]
      )
    ]);
    expect(writer.tasksGone).toBe(1);
    expect(names(events).filter(n => n === sums.Event)).toHaveLength(2);
    expect(events.filter(e => e.Event === sums.Event)[1]?.Started).toBe(-1);
  });

  it('keeps numbers that JavaScript cannot', async () => {
    const line =
      '{"Event":"SparkListenerJobEnd","Job ID":12345678901234567890}';
    const writer = new LogWriter(APP);
    const frame = await encodeFrame(batch([]));
    const batch0 = await decodeFrameWithLines(frame);
    const text = take(writer, {
      ...batch0,
      events: [JSON.parse(line) as ISparkEvent],
      lines: [line]
    });
    expect(text).toContain(line);
  });

  it('hands on long batches in pieces that end with a line', () => {
    const rows = Array.from({ length: 500 }, (_, taskId) => ({
      ...ENDED,
      taskId,
      flags: Flag.metrics
    }));
    const texts = [...new LogWriter(APP).write(batch([], rows))];
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.every(text => text.endsWith('\n'))).toBe(true);
  });
});

describe('training curves', () => {
  const { events } = learning();
  const kernel = (of: readonly ISparkEvent[]): IBatch => ({
    application: 0,
    backfill: false,
    events: of,
    rows: null
  });

  it('are written with the application beside which they were made, and are there when the log is read', () => {
    const { events: lines } = write([kernel(events)]);
    const curves = events.filter(isCurveEvent);
    expect(lines.filter(isCurveEvent)).toEqual(curves);
    const [read, heard] = [new Session(), new Session()];
    for (const batch of batchesOfLog(lines.map(line => JSON.stringify(line)))) {
      read.apply(batch);
    }
    heard.apply(kernel(events));
    const shown = (session: Session): unknown =>
      [...session.curves.values()].map(curve => [
        curve.name,
        curve.marks,
        curve.lines.map(({ name, points }) => [
          name,
          [...points.column('at').subarray(0, points.length)],
          [...points.column('lossSum').subarray(0, points.length)]
        ])
      ]);
    expect(shown(read)).toEqual(shown(heard));
    expect(read.curves.size).toBe(2);
    expect(read.runs.get('learning/1')!.curves).toHaveLength(2);
  });
});
