import type { IPlanNode } from '../plan-graph';
import type { Advice, IPythonUdfAdvice, TryThis } from './advice';
import { aboutNode, type IEvidence, type IRule } from './evidence';
import type { PlanTree } from './plan-tree';
import { coresOf } from './stage-load';

/** `PythonEvalType.SQL_ARROW_BATCHED_UDF`: called for every row, though rows travel in batches. Pandas functions have other numbers. */
const ROW_BY_ROW_IN_BATCHES = /, 101$/;

/** Words in the names of functions that people write, and what Spark has for it. */
const BUILT_IN: readonly (readonly [RegExp, string])[] = [
  [/upper/i, 'upper'],
  [/lower/i, 'lower'],
  [/trim|strip/i, 'trim'],
  [/len(?:gth)?$|^len/i, 'length'],
  [/concat|join_?(?:str|text)/i, 'concat_ws'],
  [/replace/i, 'regexp_replace'],
  [/split|tokeni[sz]e/i, 'split'],
  [/round/i, 'round'],
  [/^abs/i, 'abs'],
  [/sqrt/i, 'sqrt'],
  [/year/i, 'year'],
  [/month/i, 'month'],
  [/date/i, 'to_date'],
  [/hash|md5|sha/i, 'sha2']
];

/**
 * A Python function that is called row by row. What it does is not in the events: when its name does not say it, the advice is to look.
 * Said of fast jobs too: it costs the same with every row, and stops Spark from seeing into it.
 */
export const pythonUdf: IRule = {
  id: 'pythonUdf',
  needs: [],
  judge: ({ application, plans }: IEvidence): readonly Advice[] =>
    plans.flatMap(tree =>
      tree.running.filter(isRowByRow).map((node): IPythonUdfAdvice => {
        const name = /\[(<lambda>|\w+)\(/.exec(node.description)?.[1] ?? '';
        const builtIn = builtInOf(name);
        const run = tree.metric(node, 'time to run Python workers');
        return {
          rule: 'pythonUdf',
          certainty: builtIn ? 'likely' : 'maybe',
          about: aboutNode(application, tree, node.id),
          gainMs: run ? run.total / coresOf(application) : null,
          name,
          rows: rowsOf(tree, node),
          builtIn,
          tryThis: tryThis(name, builtIn, node)
        };
      })
    )
};

function isRowByRow(node: IPlanNode): boolean {
  return (
    node.name === 'BatchEvalPython' ||
    (node.name === 'ArrowEvalPython' &&
      ROW_BY_ROW_IN_BATCHES.test(node.description))
  );
}

function rowsOf(tree: PlanTree, node: IPlanNode): number | null {
  return tree.metric(node, 'number of output rows')?.total ?? null;
}

function builtInOf(name: string): string | null {
  return BUILT_IN.find(([word]) => word.test(name))?.[1] ?? null;
}

function tryThis(
  name: string,
  builtIn: string | null,
  node: IPlanNode
): TryThis {
  const called = /^\w+$/.test(name) ? name : 'f';
  const column = /\((\w+)#/.exec(node.description)?.[1] ?? 'column';
  return builtIn
    ? {
        kind: 'code',
        before: [`df.select(${called}("${column}"))`],
        after: [`df.select(F.${builtIn}("${column}"))`]
      }
    : {
        kind: 'code',
        before: [
          '@F.udf("string")',
          `def ${called}(value):`,
          '    return value.strip()'
        ],
        after: [
          '@F.pandas_udf("string")',
          `def ${called}(values: pd.Series) -> pd.Series:`,
          '    return values.str.strip()'
        ]
      };
}
