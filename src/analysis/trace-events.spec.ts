import { modelOf } from '../model/fixtures/models';
import { logs } from '../model/fixtures/read.cjs';
import { traceText } from './trace-events';

interface IEvent {
  name: string;
  ph: string;
  cat?: string;
  pid: number;
  tid: number;
  ts?: number;
  dur?: number;
  args: Record<string, unknown>;
}

it.each(logs)('%s is a trace with every job and every task', name => {
  const application = modelOf(name);
  const text = [...traceText(application, application.now)].join('');
  const { traceEvents } = JSON.parse(text) as { traceEvents: IEvent[] };
  for (const event of traceEvents) {
    expect(['X', 'M']).toContain(event.ph);
    expect(Number.isInteger(event.pid)).toBe(true);
    expect(Number.isInteger(event.tid)).toBe(true);
    if (event.ph === 'X') {
      expect(event.ts).toBeGreaterThan(0);
      expect(event.dur).toBeGreaterThanOrEqual(0);
    }
  }
  const of = (cat: string): IEvent[] =>
    traceEvents.filter(event => event.cat === cat);
  expect(
    of('job')
      .map(event => event.name)
      .sort()
  ).toEqual([...application.jobs.keys()].map(id => `job ${id}`).sort());
  expect(of('task').length).toBe(application.tasks.length);
  const run = of('task').reduce((n, { args }) => n + Number(args.runTimeMs), 0);
  let sum = 0;
  for (let row = 0; row < application.tasks.length; row++) {
    sum += application.tasks.runTimeMs[row]!;
  }
  expect(run).toBe(sum);
  // Tasks of one thread never overlap: that is what a trace viewer expects of complete events.
  const ends = new Map<string, number>();
  for (const { pid, tid, ts, dur } of of('task')) {
    const key = `${pid}.${tid}`;
    expect(ts!).toBeGreaterThanOrEqual(ends.get(key) ?? 0);
    ends.set(key, ts! + dur!);
  }
  // Every thread that has tasks has a name, and every process.
  const named = new Set(
    traceEvents
      .filter(event => event.name === 'thread_name')
      .map(event => `${event.pid}.${event.tid}`)
  );
  expect([...ends.keys()].filter(key => !named.has(key))).toEqual([]);
});

it('comes in pieces, so that no string holds a million tasks', () => {
  const application = modelOf('steady-4.3');
  expect([...traceText(application, application.now)].length).toBeGreaterThan(
    2
  );
});
