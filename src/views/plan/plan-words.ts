import type { IPlanDifference, PlanChange } from '../../analysis/plan-changes';
import type { IPlanSubject, PlanState } from '../../analysis/plan-executions';
import type { JoinReason } from '../../analysis/plan-join-reason';
import type { Telling } from '../../analysis/plan-metrics';
import type { IJoinFacts, JoinStrategy } from '../../analysis/plan-operator';
import type { PlanVerdict } from '../../analysis/plan-verdict';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';

/** How an execution stands. */
export function stateWords(state: PlanState, trans: ITranslation): string {
  switch (state) {
    case 'running':
      return trans.__('running');
    case 'succeeded':
      return trans.__('done');
    case 'failed':
      return trans.__('failed');
    case 'cutOff':
      return trans.__('cut off');
  }
}

/** Which call of the user's an execution serves: `count()`. */
export function callWords(subject: IPlanSubject, trans: ITranslation): string {
  const { description, site } = subject.title;
  return (
    description ??
    (site.action === null ? trans.__('part of a query') : `${site.action}()`)
  );
}

/** Where in the user's code it stands, as far as Spark knows. */
export function placeWords(
  subject: IPlanSubject,
  inCell: boolean,
  trans: ITranslation
): string {
  const { action, file, isCell, line } = subject.title.site;
  const call = action === null ? '' : `: ${action}()`;
  if (line !== null && isCell && inCell) {
    return trans.__('line %1 of this cell', line) + call;
  }
  if (line !== null && file !== null && !isCell) {
    return trans.__('%1, line %2', file, line) + call;
  }
  if (line !== null) {
    return trans.__('line %1 of its cell', line) + call;
  }
  return inCell ? trans.__('somewhere in this cell') : '';
}

/** A way of joining, in Spark's words. */
export function strategyWords(
  strategy: JoinStrategy,
  trans: ITranslation
): string {
  switch (strategy) {
    case 'sortMerge':
      return trans.__('sort-merge join');
    case 'broadcastHash':
      return trans.__('broadcast hash join');
    case 'shuffledHash':
      return trans.__('shuffled hash join');
    case 'nestedLoop':
      return trans.__('broadcast nested loop join');
    case 'cartesian':
      return trans.__('Cartesian product');
  }
}

/** The side of a join that is built, and how large it was. */
function sideWords(
  build: IJoinFacts['build'],
  bytes: number,
  trans: ITranslation
): string {
  return build === 'left'
    ? trans.__('the left side was only %1', formatBytes(bytes))
    : build === 'right'
      ? trans.__('the right side was only %1', formatBytes(bytes))
      : trans.__('one side was only %1', formatBytes(bytes));
}

/** One thing that adaptive execution did. */
export function changeWords(change: PlanChange, trans: ITranslation): string {
  switch (change.kind) {
    case 'coalesced':
      return change.from === null || change.to === null
        ? trans.__('small partitions are read together (coalesced)')
        : trans.__('coalesced %1 → %2 partitions', change.from, change.to);
    case 'skew':
      return change.partitions === null || change.pieces === null
        ? trans.__('very large partitions are read in pieces (skew split)')
        : trans.__(
            'skewed partitions: %1, split into %2 pieces',
            change.partitions,
            change.pieces
          );
    case 'local':
      return trans.__('a shuffle is read where it was written');
    case 'join': {
      const became = trans.__(
        '%1 became %2',
        strategyWords(change.from, trans),
        strategyWords(change.to, trans)
      );
      return change.bytes === null
        ? became
        : trans.__(
            '%1, because %2',
            became,
            sideWords(change.build, change.bytes, trans)
          );
    }
    case 'empty':
      return trans.__('a side has no rows, so what needs them is not run');
    case 'reused':
      return trans.__('an exchange that is needed twice is made once');
    case 'pruned':
      return trans.__('rows of one side say which files of the other are read');
    case 'started':
      return trans._n(
        '%1 stage began; the plan stayed',
        '%1 stages began; the plan stayed',
        change.stages
      );
    case 'other':
      return trans.__('operators: %1 new, %2 gone', change.made, change.gone);
  }
}

/** What a version of a plan is, in one sentence. */
export function versionWords(
  difference: IPlanDifference | null,
  versions: number,
  trans: ITranslation
): string {
  if (difference === null) {
    return versions > 1
      ? trans.__('as it was planned, before anything ran')
      : trans.__('the only plan: nothing was changed while it ran');
  }
  const all = difference.changes.map(change => changeWords(change, trans));
  const once = [...new Set(all)];
  return once.length > 0
    ? once.join('; ')
    : trans.__('nothing was changed any more');
}

/** The verdict as one line. */
export function verdictWords(
  verdict: PlanVerdict,
  call: string,
  trans: ITranslation
): string {
  switch (verdict.kind) {
    case 'failed':
      return verdict.headline
        ? trans.__('%1 failed: %2', call, verdict.headline)
        : trans.__('%1 failed', call);
    case 'cutOff':
      return trans.__('%1 was cut off: Spark ended while it ran', call);
    case 'running':
      return verdict.ms === null
        ? trans.__('%1 runs', call)
        : trans.__('%1 has run for %2', call, formatDuration(verdict.ms));
    case 'changed':
      return trans.__(
        '%1: while it ran, %2',
        call,
        changeWords(verdict.change, trans)
      );
    case 'hot':
      return verdict.members.length > 0
        ? trans.__(
            '%1 of the time of %2 went into %3: %4',
            formatShare(verdict.share),
            call,
            verdict.name,
            listed(verdict.members)
          )
        : trans.__(
            '%1 of the time of %2 went into %3',
            formatShare(verdict.share),
            call,
            verdict.name
          );
    case 'plain':
      return trans.__(
        '%1: %2, %3',
        call,
        trans._n('%1 operator', '%1 operators', verdict.operators),
        verdict.shuffles === 0
          ? trans.__('no shuffle')
          : trans._n('%1 shuffle', '%1 shuffles', verdict.shuffles)
      );
  }
}

/** Some names, and how many more. */
function listed(names: readonly string[]): string {
  const most = 3;
  const more = names.length - most;
  const some = names.slice(0, most).join(', ');
  return more > 0 ? `${some} + ${more}` : some;
}

/** The line below a node's name. */
export function tellingWords(telling: Telling, trans: ITranslation): string {
  const rows = (count: number): string =>
    trans._n('%2 row', '%2 rows', count, formatCount(count));
  switch (telling.kind) {
    case 'rows':
      return rows(telling.rows);
    case 'bytes':
      return telling.rows === null
        ? formatBytes(telling.bytes)
        : `${formatBytes(telling.bytes)} · ${rows(telling.rows)}`;
    case 'files': {
      const files = trans._n(
        '%2 file',
        '%2 files',
        telling.files,
        formatCount(telling.files)
      );
      return telling.rows === null ? files : `${files} · ${rows(telling.rows)}`;
    }
    case 'partitions':
      return telling.from === null
        ? trans._n('%1 partition', '%1 partitions', telling.to)
        : trans.__('%1 → %2 partitions', telling.from, telling.to);
    case 'timeMs':
      return formatDuration(telling.ms);
    case 'none':
      return '';
  }
}

/** Why a join is what it is. */
export function reasonWords(
  reason: JoinReason,
  build: IJoinFacts['build'],
  trans: ITranslation
): string {
  switch (reason.kind) {
    case 'adaptive':
      return reason.bytes === null
        ? trans.__(
            'Adaptive execution chose it when it saw how small a side was.'
          )
        : trans.__(
            'Adaptive execution chose it when it saw that %1.',
            sideWords(build, reason.bytes, trans)
          );
    case 'small':
      return trans.__(
        'Spark expected a side to be smaller than %1 (spark.sql.autoBroadcastJoinThreshold), or a hint such as broadcast() asked for it.',
        formatBytes(reason.limit)
      );
    case 'hint':
      return trans.__(
        'A hint such as broadcast() asked for it: of itself, Spark broadcasts nothing here (spark.sql.autoBroadcastJoinThreshold is below 0).'
      );
    case 'large':
      return reason.limit === null
        ? trans.__(
            'Columns have to be equal, and broadcasting is switched off (spark.sql.autoBroadcastJoinThreshold is below 0).'
          )
        : trans.__(
            'Columns have to be equal, and no side was known to be smaller than %1 (spark.sql.autoBroadcastJoinThreshold).',
            formatBytes(reason.limit)
          );
    case 'shuffledHash':
      return trans.__(
        'A hint asked for it, spark.sql.join.preferSortMergeJoin is off, or adaptive execution saw that all partitions of a side are small.'
      );
    case 'noKeys':
      return trans.__(
        'No columns have to be equal, so every pair of rows has to be looked at.'
      );
  }
}
