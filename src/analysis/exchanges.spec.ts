import { decodeFrame } from '../events';
import { CellRun, Session, type Application } from '../model';
import { modelOf } from '../model/fixtures/models';
import { framesOf } from '../model/fixtures/read.cjs';
import { keysReadBy, keysWrittenBy, rowsBeforeShuffle } from './heavy-keys';
import { readerOf, shuffleOutcome, type ReadSpec } from './shuffle-outcome';

/** What Sparkglass' own listener sent. */
async function sentOf(name: string): Promise<Application> {
  const session = new Session();
  for (const frame of framesOf(name)) {
    session.apply(await decodeFrame(frame));
  }
  return session.latest!;
}

/** Stages that wrote a shuffle, and by which keys. */
function keysOf(application: Application): (readonly [number, unknown])[] {
  return application.stageList
    .filter(stage => stage.status === 'complete')
    .map(stage => [stage.id, keysWrittenBy(application, stage)] as const)
    .filter(([, keys]) => keys !== null)
    .map(
      ([id, keys]) =>
        [id, keys!.kind === 'columns' ? keys!.keys : keys!.kind] as const
    );
}

const column = (name: string) => ({ kind: 'column', name });

describe.each(['3.5', '4.3'])(
  'what Spark %s wrote of skewed joins',
  version => {
    const logged = modelOf(`skewed-${version}`);
    let sent: Application;

    beforeAll(async () => {
      sent = await sentOf(`skewed-${version}`);
    });

    it('knows the keys of each shuffle, also without the metrics that a log has', () => {
      const keys = keysOf(logged);
      expect(keysOf(sent)).toEqual(keys);
      expect(keys.map(([, each]) => each)).toEqual(
        expect.arrayContaining([
          [column('key')],
          [column('key'), column('salt')],
          [{ kind: 'expression', sql: '(id % 7)' }],
          [{ kind: 'expression', sql: 'SPARK_PARTITION_ID()' }],
          'pairs'
        ])
      );
    });

    it('knows whose keys a stage gets: those of the largest shuffle it reads', () => {
      const reader = sent.stages.get('2.0')!;
      expect(keysReadBy(sent, reader)).toEqual({
        kind: 'columns',
        keys: [column('key')],
        cut: 0
      });
      const salted = sent.stages.get('6.0')!;
      expect(keysReadBy(sent, salted)).toMatchObject({
        keys: [column('key'), column('salt')]
      });
      // One partition for all: nothing is to be counted.
      expect(keysReadBy(sent, sent.stages.get('3.0')!)).toBeNull();
      expect(keysReadBy(sent, sent.stages.get('31.0')!)).toEqual({
        kind: 'pairs'
      });
    });

    it('finds the stage that reads a shuffle, also in a later job', () => {
      expect(readerOf(sent, sent.stages.get('0.0')!)!.id).toBe(2);
      expect(readerOf(sent, sent.stages.get('8.0')!)!.id).toBe(12);
      expect(readerOf(sent, sent.stages.get('31.0')!)).toBeNull();
    });

    const outcome = (application: Application, stageId: number) => {
      const stage = application.stages.get(`${stageId}.0`)!;
      const planned = sent.shuffles.get(
        sent.stages.get(`${stageId}.0`)!.shuffleDepId!
      )!.reducers;
      return shuffleOutcome(application, stage, planned, null);
    };

    it('knows what adaptive execution made of a shuffle', () => {
      for (const application of [logged, sent]) {
        expect(outcome(application, 8)).toEqual({
          planned: 8,
          actual: 8,
          coalesced: 3,
          skewed: 1,
          splits: 4,
          isLocal: false,
          specs: null
        });
        expect(outcome(application, 20)).toMatchObject({
          planned: 8,
          actual: 1,
          coalesced: 1,
          skewed: 0
        });
      }
    });

    it('knows a shuffle that was read as it was planned', () => {
      expect(outcome(sent, 1)).toMatchObject({
        planned: 8,
        actual: 8,
        skewed: 0
      });
      expect(outcome(sent, 30)).toMatchObject({ planned: 6, actual: 6 });
    });

    it('takes the specs of a read before anything else', () => {
      const specs: ReadSpec[] = [
        { kind: 'coalesced', from: 0, to: 5 },
        { kind: 'partial', reducer: 5, fromMap: 0, toMap: 2 },
        { kind: 'partial', reducer: 5, fromMap: 2, toMap: 4 },
        { kind: 'coalesced', from: 6, to: 7 },
        { kind: 'coalesced', from: 7, to: 8 }
      ];
      const stage = sent.stages.get('8.0')!;
      expect(shuffleOutcome(sent, stage, 8, specs)).toEqual({
        planned: 8,
        actual: 5,
        coalesced: 1,
        skewed: 1,
        splits: 2,
        isLocal: false,
        specs
      });
    });
  }
);

it('takes the DataFrames of a run whose rows no shuffle has moved yet', () => {
  const run = new CellRun('r');
  const note = (name: string, ...operations: string[]) => ({
    name,
    operations,
    added: operations,
    streaming: false
  });
  run.dataFrames = [
    note('events', 'Range', 'Project'),
    note('counts', 'Range', 'Project', 'Aggregate'),
    { ...note('live', 'StreamingRelation'), streaming: true }
  ];
  expect(rowsBeforeShuffle(run)).toEqual(['events']);
  expect(rowsBeforeShuffle(null)).toEqual([]);
});
