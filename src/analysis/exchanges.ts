// A derivation of plans, metrics and stages (2): which exchange of a plan wrote which shuffle.
import { listOf, textOf, type ISparkPlanInfo } from '../events';
import type { Application, SqlExecution, StageAttempt } from '../model';

/** An exchange that wrote a shuffle. */
export interface IExchange {
  readonly execution: SqlExecution;
  /** Its node; below it is what made the rows. */
  readonly node: ISparkPlanInfo;
  /** The node through which adaptive execution reads it; null when it reads it as it was planned, or has not yet decided. */
  readonly read: ISparkPlanInfo | null;
}

/** An exchange in its plan. */
interface IPlanned extends Omit<IExchange, 'execution'> {
  /** Operators that run in the stage which writes it, as that stage's RDDs name them. */
  readonly operators: ReadonlySet<string>;
}

/** Find the exchange whose rows a stage wrote; null when the stage is of no query, or nothing tells which one it was. */
export function exchangeOf(
  application: Application,
  stage: StageAttempt
): IExchange | null {
  for (const job of stage.jobs) {
    const execution =
      job.sqlExecutionId === null
        ? undefined
        : application.sql.get(job.sqlExecutionId);
    const found = execution && exchangeIn(application, execution, stage);
    if (found) {
      const { node, read } = found;
      return { execution, node, read };
    }
  }
  return null;
}

/** The newest version of the plan knows most; earlier ones know exchanges that adaptive execution took out of it. */
function exchangeIn(
  application: Application,
  execution: SqlExecution,
  stage: StageAttempt
): IPlanned | null {
  const metrics = application.sqlMetrics.metricsOf(execution);
  const operators = operatorsOf(stage);
  for (const { plan } of [...execution.plans].reverse()) {
    const exchanges = exchangesOf(plan);
    // Sizes and times name the stage of their maximum: that of the tasks that wrote.
    const told = exchanges.find(({ node }) =>
      listOf(node.metrics).some(
        ({ name, accumulatorId }) =>
          WRITTEN.has(name ?? '') &&
          metrics.get(accumulatorId ?? -1)?.maxAt?.stageId === stage.id
      )
    );
    const found = told ?? (operators && alike(exchanges, operators));
    if (found) {
      return found;
    }
  }
  return null;
}

/** Metrics of an exchange that its writing tasks tell. */
const WRITTEN: ReadonlySet<string> = new Set([
  'data size',
  'shuffle bytes written',
  'shuffle write time'
]);

/** The only exchange under which the same operators run; null when there are several, or none. */
function alike(
  exchanges: readonly IPlanned[],
  operators: ReadonlySet<string>
): IPlanned | null {
  const found = exchanges.filter(
    exchange =>
      exchange.operators.size === operators.size &&
      [...operators].every(name => exchange.operators.has(name))
  );
  return found.length === 1 ? found[0]! : null;
}

/** Operators that a stage's RDDs name; null for a stage that writes no exchange. */
function operatorsOf(stage: StageAttempt): ReadonlySet<string> | null {
  const names = new Set<string>();
  let top = -1;
  let topName = '';
  for (const rdd of stage.rddInfos) {
    const name = /"name":"([^"]*)"/.exec(rdd.Scope ?? '')?.[1] ?? '';
    const id = rdd['RDD ID'] ?? -1;
    if (id > top) {
      [top, topName] = [id, name];
    }
    names.add(name);
  }
  return isShuffle(topName) ? telling(names) : null;
}

/** Generated code has a number that no other has in its plan; where there is none, all operators count. */
function telling(names: ReadonlySet<string>): ReadonlySet<string> {
  const own = [...names].filter(
    name => name !== '' && name !== 'AQEShuffleRead' && !isShuffle(name)
  );
  const generated = own.filter(name => name.startsWith(GENERATED));
  return new Set(generated.length > 0 ? generated : own);
}

const GENERATED = 'WholeStageCodegen';

/** The exchanges of a plan that write shuffles. */
function exchangesOf(plan: ISparkPlanInfo): IPlanned[] {
  const found: IPlanned[] = [];
  const walk = (
    node: ISparkPlanInfo,
    read: ISparkPlanInfo | null,
    /** Of the stage that the node runs in. */
    operators: Set<string>,
    isGenerated: boolean
  ): void => {
    const name = textOf(node.nodeName, '');
    const isOwn = isShuffle(name);
    const own = isOwn ? new Set<string>() : operators;
    if (!isOwn && !isGenerated && !isWrapper(name)) {
      own.add(name);
    }
    // Only a query stage lies between a read and its exchange.
    const next =
      name === 'AQEShuffleRead'
        ? node
        : name.endsWith('QueryStage')
          ? read
          : null;
    const inside =
      name !== 'InputAdapter' &&
      !isOwn &&
      (isGenerated || name.startsWith(GENERATED));
    for (const child of listOf(node.children)) {
      walk(child, next, own, inside);
    }
    if (isOwn) {
      found.push({ node, read, operators: telling(own) });
    }
  };
  walk(plan, null, new Set(), false);
  return found;
}

function isShuffle(name: string): boolean {
  return /Exchange$/.test(name) && !/Broadcast|Reused/.test(name);
}

/** Nodes that run nothing themselves. */
function isWrapper(name: string): boolean {
  return name === 'InputAdapter' || name.endsWith('QueryStage');
}
