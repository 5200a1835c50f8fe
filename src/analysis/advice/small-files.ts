import type { IPlanNode } from '../plan-graph';
import type { Advice } from './advice';
import { aboutNode, type IEvidence, type IRule } from './evidence';
import type { PlanTree } from './plan-tree';

/** With fewer, opening them is no matter. */
const FILES = 100;
/** `spark.sql.files.openCostInBytes`: Spark itself reckons that a file costs as much to open as this many bytes to read. */
const BYTES_A_FILE = 4 * 1024 * 1024;

/** The metrics that count files: of scans, and of what writes. */
const READ = ['number of files read', 'size of files read'] as const;
const WRITTEN = ['number of written files', 'written output'] as const;

/** Many files that are each much smaller than what opening them costs. Said of fast jobs too: whoever reads them next pays as well. */
export const smallFiles: IRule = {
  id: 'smallFiles',
  needs: ['metrics'],
  judge({ application, plans }: IEvidence): readonly Advice[] {
    const advice: Advice[] = [];
    for (const tree of plans) {
      for (const node of tree.running) {
        const read = countOf(tree, node, READ);
        const found = read ?? countOf(tree, node, WRITTEN);
        if (found) {
          advice.push({
            rule: 'smallFiles',
            certainty: 'sure',
            about: aboutNode(application, tree, node.id),
            gainMs: null,
            isWrite: read === null,
            ...found,
            tryThis: {
              kind: 'code',
              before: [before(node)],
              after: [after(node, found.bytes)]
            }
          });
        }
      }
    }
    return advice;
  }
};

function countOf(
  tree: PlanTree,
  node: IPlanNode,
  [count, size]: readonly [string, string]
): { files: number; bytes: number } | null {
  const files = tree.metric(node, count)?.total ?? 0;
  const bytes = tree.metric(node, size)?.total ?? 0;
  return files >= FILES && bytes < files * BYTES_A_FILE
    ? { files, bytes }
    : null;
}

/** The columns by which a folder is written in parts; the plan of the command names them. */
function partitionColumn(node: IPlanNode): string | null {
  return /, false, \[(\w+)#/.exec(node.description)?.[1] ?? null;
}

function before(node: IPlanNode): string {
  const column = partitionColumn(node);
  return column
    ? `df.write.partitionBy("${column}").parquet(path)`
    : 'df.write.parquet(path)';
}

function after(node: IPlanNode, bytes: number): string {
  const column = partitionColumn(node);
  const enough = Math.max(1, Math.ceil(bytes / (128 * 1024 * 1024)));
  return column
    ? `df.repartition("${column}").write.partitionBy("${column}").parquet(path)`
    : `df.coalesce(${enough}).write.parquet(path)`;
}
