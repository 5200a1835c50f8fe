import { linesOfRare, restOf } from '../api/fixtures/read.cjs';
import { modelOf } from '../model/fixtures/models';
import { linesOfPlans } from './fixtures/read.cjs';
import { executionsOf, type IPlanSubject } from './plan-executions';
import { joinReason } from './plan-join-reason';
import { metricLines, tellingOf } from './plan-metrics';
import { joinFacts, scanFacts } from './plan-operator';
import { PlanPictures, type IPlanPicture } from './plan-picture';
import { judgePlan } from './plan-verdict';
import { applicationScope } from './scope';

/** Of `ExecutionData`. */
interface IAnswered {
  readonly id: number;
  readonly nodes: readonly {
    readonly nodeId: number;
    readonly nodeName: string;
    readonly metrics: readonly { name: string; value: string }[];
  }[];
}

const pictures = new PlanPictures();

describe.each(['3.5', '4.3'])('plans of Spark %s', version => {
  const app = modelOf(linesOfPlans(version));
  const subjects = executionsOf(applicationScope(app));
  /** The executions whose final plan has a node of this name. */
  const withNode = (name: RegExp): IPlanPicture[] =>
    subjects
      .map(subject => pictures.of(subject, null))
      .filter(({ tree }) => tree.operators.some(node => name.test(node.name)));
  const changes = (subject: IPlanSubject) =>
    pictures
      .of(subject, null)
      .differences.flatMap(difference => difference?.changes ?? []);

  it('say of every node what the History Server says, string by string', () => {
    const other = modelOf(linesOfRare(`queries-${version}`));
    const path = `applications/${other.id}/sql?length=1000`;
    const answered = restOf(version)[path]!.body as IAnswered[];
    const ours = executionsOf(applicationScope(other)).map(subject => {
      const { tree, values } = pictures.of(subject, null);
      return [...tree.nodes.values()].map(node => ({
        nodeId: node.id,
        nodeName: node.name.trim(),
        metrics: metricLines(node, values).map(({ name, words }) => ({
          name,
          value: words
        }))
      }));
    });
    const theirs = answered.map(({ nodes }) =>
      nodes.map(({ nodeId, nodeName, metrics }) => ({
        nodeId,
        nodeName,
        metrics
      }))
    );
    const byId = (a: { nodeId: number }, b: { nodeId: number }): number =>
      a.nodeId - b.nodeId;
    expect(ours.map(nodes => nodes.sort(byId))).toEqual(
      theirs.map(nodes => nodes.sort(byId))
    );
  });

  it('a sort-merge join that became a broadcast one, and why', () => {
    const [subject] = subjects;
    const [join] = changes(subject!).filter(({ kind }) => kind === 'join');
    expect(join).toMatchObject({
      from: 'sortMerge',
      to: 'broadcastHash',
      build: 'right',
      bytes: 656
    });
    const picture = pictures.of(subject!, null);
    expect(judgePlan(picture)).toMatchObject({
      kind: 'changed',
      change: { kind: 'join' }
    });
    const node = picture.tree.operators.find(
      ({ name }) => name === 'BroadcastHashJoin'
    )!;
    const { tree, values } = picture;
    expect(
      joinReason(node, subject!, tree, values, changes(subject!))
    ).toMatchObject({ kind: 'adaptive', bytes: 656 });
    // What is new is marked in the version that has it, what goes in the one before.
    const at = picture.differences.findIndex(difference =>
      difference?.changes.some(({ kind }) => kind === 'join')
    );
    expect(picture.differences[at]!.made.size).toBeGreaterThan(0);
    const before = pictures.of(subject!, at - 1);
    const gone = [...picture.differences[at]!.gone].map(
      id => before.tree.nodes.get(id)!.name
    );
    expect(gone).toEqual(
      expect.arrayContaining(['SortMergeJoin', 'Sort', 'Sort'])
    );
  });

  it('partitions that are read together, split, or not at all', () => {
    const all = subjects.flatMap(changes);
    expect(all).toContainEqual(
      expect.objectContaining({ kind: 'coalesced', from: 8 })
    );
    const skew = all.find(({ kind }) => kind === 'skew')!;
    expect(skew).toMatchObject({ partitions: 1 });
    expect(all).toContainEqual({ kind: 'empty' });
    expect(all).toContainEqual({ kind: 'pruned' });
  });

  it('scans and what they leave out', () => {
    const scans = subjects.flatMap(subject =>
      pictures.of(subject, null).tree.operators.flatMap(n => scanFacts(n) ?? [])
    );
    expect(scans).toContainEqual(
      expect.objectContaining({
        format: 'Parquet',
        partitionFilters: '[isnotnull(day), (day = 2)]',
        pushedFilters: '[IsNotNull(v), GreaterThan(v,10.0)]',
        isDynamic: false
      })
    );
    expect(scans).toContainEqual(expect.objectContaining({ isDynamic: true }));
  });

  it('joins and why', () => {
    const kinds = new Set(
      subjects.flatMap(subject => {
        const { tree, values } = pictures.of(subject, null);
        return tree.operators.flatMap(
          node => joinReason(node, subject, tree, values, [])?.kind ?? []
        );
      })
    );
    expect(kinds).toEqual(
      new Set(['small', 'large', 'noKeys', 'shuffledHash'])
    );
    const [pairs] = withNode(/^CartesianProduct/);
    const join = pairs!.tree.operators.flatMap(n => joinFacts(n) ?? [])[0];
    expect(join).toMatchObject({ strategy: 'cartesian', leftKeys: '' });
  });

  it('cached data: what made it, and that nothing made it again', () => {
    const [first, again] = withNode(/^InMemoryTableScan/);
    const scanned = ({ tree, values }: IPlanPicture) =>
      tree.operators
        .filter(node => node.name.startsWith('Scan parquet'))
        .map(node => tellingOf(node, values, tree).kind);
    expect(scanned(first!)).toEqual(['files']);
    expect(scanned(again!)).toEqual(['none']);
  });

  it('the time adds up to shares of one', () => {
    for (const subject of subjects) {
      const { heat, hottest } = pictures.of(subject, null);
      for (const { share } of heat.values()) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      if (hottest) {
        expect(heat.get(hottest.id)!.from).toBe('own');
      }
    }
  });

  it('know which stages ran which operators', () => {
    const { stages, tree, subject } = pictures.of(subjects[0]!, null);
    const keysOf = (pattern: RegExp): string[][] =>
      tree.operators
        .filter(node => pattern.test(node.name))
        .map(node => stages.byNode.get(node.id)!.map(stage => stage.key));
    // Both sides were shuffled by stages of their own, and the join ran in another.
    const [left, right] = keysOf(/^Range/);
    const [join] = keysOf(/^BroadcastHashJoin/);
    expect(new Set([left![0], right![0], join![0]]).size).toBe(3);
    for (const [key, ids] of stages.byStage) {
      expect(subject.application.stages.get(key)!.status).toBe('complete');
      expect(ids.size).toBeGreaterThan(0);
    }
    // Every stage that ran is some operator's.
    const ran = subject.jobs
      .flatMap(job => job.stages)
      .filter(stage => stage.status === 'complete');
    for (const stage of ran) {
      expect([...stages.byStage.keys()]).toContain(stage.key);
    }
  });

  it('are kept until there is something new', () => {
    const [subject] = subjects;
    const old = pictures.of(subject!, 0);
    expect(pictures.of(subject!, 0).tree).toBe(old.tree);
    expect(pictures.of(subject!, 0).heat).toBe(old.heat);
    expect(pictures.of(subject!, 99).version).toBe(old.versions - 1);
  });
});
