import { modelOf } from '../../model/fixtures/models';
import { applicationScope, runScope } from '../scope';
import { adviceOf, type StreamAdvice } from '.';
import { linesOf } from './fixtures/read.cjs';
import { runsIn } from './fixtures/runs';

type Line = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const of = <Rule extends StreamAdvice['rule']>(
  lines: readonly string[],
  rule: Rule
) =>
  adviceOf(applicationScope(modelOf([...lines]))).advice.filter(
    (each): each is StreamAdvice & { rule: Rule } => each.rule === rule
  );

/** The log with what a source like Kafka would have said of the offsets of query `cups`, batch by batch. */
function withBacklog(
  version: string,
  waiting: (batch: number) => number
): string[] {
  return linesOf('faulty_streams', version).map(line => {
    if (!line.includes('QueryProgressEvent')) {
      return line;
    }
    const event = JSON.parse(line) as Line;
    const { progress } = event;
    if (progress.name === 'cups') {
      const end = 1000 * (progress.batchId + 1);
      const latest = end + waiting(progress.batchId);
      const [source] = progress.sources;
      source.endOffset = JSON.stringify({ orders: { 0: end } });
      source.latestOffset = JSON.stringify({ orders: { 0: latest } });
    }
    return JSON.stringify(event);
  });
}

describe.each(['3.5', '4.3'])('on a log of Spark %s', version => {
  it('rows that wait and become more are falling behind', () => {
    const grows = of(
      withBacklog(version, batch => 5000 * batch),
      'fallingBehind'
    ).find(({ about }) => about.query?.name === 'cups');
    expect(grows?.backlogRows).toBeGreaterThan(5000);
    expect(grows?.inputRate).toBeGreaterThan(grows!.processedRate);
    const stays = of(
      withBacklog(version, batch => 5000 + 10 * (batch % 3)),
      'fallingBehind'
    );
    expect(stays.map(({ about }) => about.query?.name)).not.toContain('cups');
  });

  it('a query is let run while rows come, and for a while after', () => {
    const lines = linesOf('left_stream', version).filter(
      line => !line.includes('SparkListenerApplicationEnd')
    );
    const last = [...modelOf([...lines]).streams.values()][0]!;
    const idleFrom = last.batches.at(last.batches.length - 1, 'time');
    const idle = (minutes: number): string =>
      JSON.stringify({
        Event:
          'org.apache.spark.sql.streaming.StreamingQueryListener$QueryIdleEvent',
        id: last.id,
        runId: last.runId,
        timestamp: new Date(idleFrom + minutes * 60_000).toISOString()
      });
    expect(of(lines, 'notStopped')).toEqual([]);
    expect(of([...lines, idle(0), idle(3)], 'notStopped')).toEqual([]);
    const [said] = of([...lines, idle(0), idle(20)], 'notStopped');
    expect(said).toMatchObject({ why: 'idle', idleMs: 20 * 60_000 });
  });

  it('a query that an earlier run of the cell started is told of as long as it runs', () => {
    const lines = linesOf('left_stream-again', version).filter(
      line => !line.includes('SparkListenerApplicationEnd')
    );
    const saidOf = (number: string, log: readonly string[]) =>
      adviceOf(
        runScope(
          runsIn(log).get(`notStopped/fault: the ${number} of two runs`)!
        )
      ).advice.map(
        each => each.rule === 'notStopped' && [each.why, each.about.query?.name]
      );
    expect(saidOf('first', lines)).toEqual([]);
    expect(saidOf('second', lines)).toEqual([['again', 'first']]);
    const first = [...modelOf([...lines]).streams.values()][0]!;
    const stopped = JSON.stringify({
      Event:
        'org.apache.spark.sql.streaming.StreamingQueryListener$QueryTerminatedEvent',
      id: first.id,
      runId: first.runId,
      exception: null
    });
    expect(saidOf('second', [...lines, stopped])).toEqual([]);
  });
});
