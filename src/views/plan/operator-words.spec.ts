import { linesOfPlans } from '../../analysis/fixtures/read.cjs';
import { allNodes, planGraph } from '../../analysis/plan-graph';
import { linesOfRare, rareLogs } from '../../api/fixtures/read.cjs';
import { plainWords } from '../../draw/words';
import { modelOf } from '../../model/fixtures/models';
import { logs } from '../../model/fixtures/read.cjs';
import { operatorWords } from './operator-words';

it('knows every operator of every log here', () => {
  const all = [
    ...logs.map((name: string) => modelOf(name)),
    ...rareLogs.map((name: string) => modelOf(linesOfRare(name))),
    ...['3.5', '4.3'].map(version => modelOf(linesOfPlans(version)))
  ];
  const names = new Set(
    all.flatMap(app =>
      [...app.sql.values()].flatMap(execution =>
        execution.plans.flatMap(({ plan }) =>
          allNodes(planGraph(plan, { mergesEdges: true })).map(n => n.name)
        )
      )
    )
  );
  expect(names.size).toBeGreaterThan(30);
  expect(
    [...names].filter(name => operatorWords(name, plainWords) === null)
  ).toEqual([]);
});

it.each([
  'FileScan csv',
  'BatchScan spark_catalog.default.t',
  'Scan In-memory table kept',
  'LocalTableScan',
  'BroadcastNestedLoopJoin',
  'SortMergeJoin(skew=true)',
  'ShuffledHashJoin',
  'SortAggregate',
  'ObjectHashAggregate',
  'Expand',
  'Generate',
  'Union',
  'GlobalLimit',
  'LocalLimit',
  'MapInPandas',
  'PythonMapInArrow',
  'FlatMapGroupsInPandas',
  'ArrowEvalPython',
  'DeserializeToObject',
  'SerializeFromObject',
  'MapElements',
  'StateStoreRestore',
  'StateStoreSave',
  'InputAdapter',
  'Execute SetCommand',
  'AppendData',
  'ShowTables'
])('knows %s', name => {
  const words = operatorWords(name, plainWords)!;
  expect(words.what).toMatch(/\.$/);
  expect(words.good).toMatch(/\.$/);
});

it('says nothing of what it does not know', () => {
  expect(operatorWords('Frobnicate', plainWords)).toBeNull();
});
