import type { IScope, IScopePart } from '../scope';
import { RULES, type Advice, type RuleId } from './advice';
import { bigCollect } from './big-collect';
import { broadcast } from './broadcast';
import { cartesian } from './cartesian';
import { driverIdle } from './driver-idle';
import {
  blindness,
  gather,
  leftQueries,
  type Blindness,
  type IRule
} from './evidence';
import { failedTasks } from './failed-tasks';
import { fallingBehind } from './falling-behind';
import { fewPartitions } from './few-partitions';
import { gc } from './gc';
import { growingState } from './growing-state';
import { noWatermark } from './no-watermark';
import { notStopped } from './not-stopped';
import { pythonUdf } from './python-udf';
import { rereadSource } from './reread-source';
import { sharedCheckpoint } from './shared-checkpoint';
import { skew } from './skew';
import { smallFiles } from './small-files';
import { spill } from './spill';
import { statePartitions } from './state-partitions';
import { tinyBatches } from './tiny-batches';
import { tinyTasks } from './tiny-tasks';
import { unusedCache } from './unused-cache';

export * from './advice';
export type { Blindness } from './evidence';

/** Every rule by its name. */
const ALL: Readonly<Record<RuleId, IRule>> = {
  skew,
  tinyTasks,
  fewPartitions,
  spill,
  gc,
  rereadSource,
  unusedCache,
  cartesian,
  bigCollect,
  pythonUdf,
  broadcast,
  driverIdle,
  failedTasks,
  smallFiles,
  fallingBehind,
  tinyBatches,
  noWatermark,
  growingState,
  statePartitions,
  notStopped,
  sharedCheckpoint
};

/** What the rules say of a scope. */
export interface IAdvised {
  /** Dearest first; what costs nothing that can be told comes last, surer things first. */
  readonly advice: readonly Advice[];
  /** Rules that looked at something, in the order of {@link RULES}. */
  readonly checked: readonly RuleId[];
  /** Rules that could not see all there was. */
  readonly blind: readonly { readonly rule: RuleId; readonly why: Blindness }[];
}

const CERTAINTY = { sure: 0, likely: 1, maybe: 2 } as const;

interface IMemo {
  readonly key: string;
  readonly advised: IAdvised;
}

const memos = new WeakMap<object, IMemo>();

/**
 * Everything that the rules have to say of a scope. Asking again costs a walk over its applications until something has ended; tasks are
 * read once, when their stage is over.
 *
 * @param off - rules that the user does not want to hear.
 */
export function adviceOf(
  scope: IScope,
  off: ReadonlySet<string> = new Set()
): IAdvised {
  const parts = partsOf(scope);
  const key = [
    [...off].sort().join(),
    ...[...scope.queries(), ...leftQueries(scope)].map(({ query }) => [
      query.runId,
      query.status,
      query.batches.revision
    ]),
    ...parts.map(({ application, jobs, stages }) => {
      const { now, endTime, rdds, sql } = application;
      const ended = stages.filter(stage => stage.completionTime !== null);
      return [now, endTime, rdds.size, sql.size, jobs.length, ended.length];
    })
  ].join('|');
  const memo = memos.get(scope.subject);
  if (memo?.key === key) {
    return memo.advised;
  }
  const evidence = parts.map(part => gather(scope, part));
  const hasStreams = evidence.some(({ queries }) => queries.length > 0);
  const rules = RULES.filter(id => !off.has(id))
    .map(id => ALL[id])
    .filter(({ isOfStreams }) => hasStreams || !isOfStreams);
  const advised = {
    advice: rules
      .flatMap(rule => evidence.flatMap(each => rule.judge(each)))
      .sort(
        (a, b) =>
          (b.gainMs ?? 0) - (a.gainMs ?? 0) ||
          CERTAINTY[a.certainty] - CERTAINTY[b.certainty]
      ),
    checked: rules.map(({ id }) => id),
    blind: rules.flatMap(rule => {
      const why = evidence.map(each => blindness(rule, each)).find(Boolean);
      return why ? [{ rule: rule.id, why }] : [];
    })
  };
  memos.set(scope.subject, { key, advised });
  return advised;
}

/** The parts of a scope, those of which only streaming queries were heard of among them. */
function partsOf(scope: IScope): readonly IScopePart[] {
  const parts = [...scope.parts()];
  for (const { application } of scope.queries()) {
    if (!parts.some(part => part.application === application)) {
      parts.push({ application, jobs: [], stages: [] });
    }
  }
  return parts;
}

/** How many hints there are for a scope. */
export function countAdvice(
  scope: IScope,
  off: ReadonlySet<string> = new Set()
): number {
  return adviceOf(scope, off).advice.length;
}
