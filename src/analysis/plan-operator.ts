// Derived (2) from a node's name, its `simpleString` and its metadata.
import type { IPlanNode } from './plan-graph';

/**
 * The kind of an operator: its name in a plan without what differs from plan to plan. `Scan parquet default.people` is a `Scan`,
 * `WholeStageCodegen (3)` a `WholeStageCodegen`, `SortMergeJoin(skew=true)` a `SortMergeJoin`.
 */
export function operatorOf(name: string): string {
  const plain = name.trim();
  if (plain.startsWith('Scan In-memory table')) {
    return 'InMemoryTableScan';
  }
  const rest = /^(?:Scan (?:ExistingRDD|OneRowRelation)|Execute \w+)/.exec(
    plain
  );
  return rest ? rest[0] : (/^\*?\s*(\w+)/.exec(plain)?.[1] ?? plain);
}

/** A text of Spark's without the ids of its columns: `team#1L` is `team`. */
export function withoutIds(text: string): string {
  return text.replace(/#\d+L?/g, '').replace(/,? ?\[(?:plan_)?id=#?\d+\]/g, '');
}

/** How two inputs are joined. */
export type JoinStrategy =
  'sortMerge' | 'broadcastHash' | 'shuffledHash' | 'nestedLoop' | 'cartesian';

/** What a join says of itself. */
export interface IJoinFacts {
  readonly strategy: JoinStrategy;
  /** Columns that must be equal, of the left and of the right side; empty where there are none. */
  readonly leftKeys: string;
  readonly rightKeys: string;
  /** `Inner`, `LeftOuter` …; null when it does not say. */
  readonly type: string | null;
  /** The side that is made into a hash table or sent everywhere. */
  readonly build: 'left' | 'right' | null;
  readonly isSkewed: boolean;
}

const STRATEGIES: Readonly<Record<string, JoinStrategy>> = {
  SortMergeJoin: 'sortMerge',
  BroadcastHashJoin: 'broadcastHash',
  ShuffledHashJoin: 'shuffledHash',
  BroadcastNestedLoopJoin: 'nestedLoop',
  CartesianProduct: 'cartesian'
};

/** Read a join; null for anything else. */
export function joinFacts(node: IPlanNode): IJoinFacts | null {
  const name = operatorOf(node.name);
  const strategy = Object.hasOwn(STRATEGIES, name) ? STRATEGIES[name] : null;
  if (!strategy) {
    return null;
  }
  const parts = splitTop(
    node.description.replace(/^\w+(?:\(skew=true\))?\s*/, '')
  );
  const keys = parts.filter(part => part.startsWith('['));
  const build = parts.find(part => /^Build(?:Left|Right)$/.test(part));
  const type = parts.find(part =>
    /^(?:Inner|Cross|FullOuter|LeftOuter|RightOuter|LeftSemi|LeftAnti|LeftSingle|ExistenceJoin)/.test(
      part
    )
  );
  const plain = (text: string | undefined): string =>
    withoutIds((text ?? '').replace(/^\[|\]$/g, ''));
  return {
    strategy,
    leftKeys: plain(keys[0]),
    rightKeys: plain(keys[1]),
    type: type ?? null,
    build:
      build === 'BuildLeft' ? 'left' : build === 'BuildRight' ? 'right' : null,
    isSkewed: node.name.includes('skew=true')
  };
}

/** Split at commas outside of brackets. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c === '[' || c === '(') {
      depth++;
    } else if (c === ']' || c === ')') {
      depth--;
    } else if (c === undefined || (c === ',' && depth === 0)) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return parts.filter(part => part !== '');
}

/** What a scan says of what it reads; null where it does not say it. */
export interface IScanFacts {
  readonly format: string | null;
  readonly location: string | null;
  /** Filters that leave out whole folders of files. */
  readonly partitionFilters: string | null;
  /** Filters that the reader of the files applies. */
  readonly pushedFilters: string | null;
  readonly columns: string | null;
  /** Whether what another table holds decides which folders are read (dynamic partition pruning). */
  readonly isDynamic: boolean;
}

/** Read a scan of files or tables; null for anything else. */
export function scanFacts(node: IPlanNode): IScanFacts | null {
  const kind = operatorOf(node.name);
  if (kind !== 'Scan' && kind !== 'FileScan' && kind !== 'BatchScan') {
    return null;
  }
  const own = (key: string): string | null => {
    const { metadata, description } = node;
    const said =
      (Object.hasOwn(metadata, key) ? metadata[key] : null) ??
      new RegExp(`\\b${key}: (\\[.*?\\](?=, \\w+:|$)|[^,\\]]*)`).exec(
        description
      )?.[1];
    const text = withoutIds(said ?? '').trim();
    return text === '' || text === '[]' ? null : text;
  };
  const partitionFilters = own('PartitionFilters');
  return {
    format: own('Format') ?? /^\w+\s+(\w+)/.exec(node.name)?.[1] ?? null,
    location:
      own('Location')
        ?.replace(/^InMemoryFileIndex\(.*?\)/, '')
        .trim() ?? null,
    partitionFilters,
    pushedFilters: own('PushedFilters'),
    columns: own('ReadSchema')?.replace(/^struct<(.*)>$/, '$1') ?? null,
    isDynamic: partitionFilters?.includes('dynamicpruning') ?? false
  };
}

/** Into how many partitions a shuffle deals rows out: `hashpartitioning(k, 200)`; null when it does not say. */
export function partitionsOf(node: IPlanNode): number | null {
  const { description } = node;
  if (/\bSinglePartition\b/.test(description)) {
    return 1;
  }
  const match = /partitioning\((?:.*, )?(\d+)\)/i.exec(description);
  return match ? Number(match[1]) : null;
}

/** What a cluster is about, what says most first; all else comes after them. */
const MAIN = [
  /Join$|^CartesianProduct/,
  /Aggregate$/,
  /^(?:Window|Sort)/,
  /^(?:Expand|Generate|Union)/,
  /Scan/,
  /^Range/,
  /^Filter/
];

/** The operator of a cluster that says most of what it does; of two alike the one nearer to the result. */
export function mainMember(members: readonly IPlanNode[]): IPlanNode | null {
  for (const pattern of MAIN) {
    const found = members.find(({ name }) => pattern.test(operatorOf(name)));
    if (found) {
      return found;
    }
  }
  return members[0] ?? null;
}
