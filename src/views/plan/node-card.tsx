import type { ComponentChild } from 'preact';
import { joinReason } from '../../analysis/plan-join-reason';
import { metricLines } from '../../analysis/plan-metrics';
import { joinFacts, scanFacts, withoutIds } from '../../analysis/plan-operator';
import type { IPlanPicture } from '../../analysis/plan-picture';
import type { IPlanNode } from '../../analysis/plan-graph';
import { stageName } from '../../analysis/task-columns';
import { formatDuration, formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { operatorWords } from './operator-words';
import { reasonWords, strategyWords } from './plan-words';

interface ICardProps {
  readonly node: IPlanNode;
  readonly picture: IPlanPicture;
  /** Whether it is marked as new in this version, or as not in the next one. */
  readonly mark: 'made' | 'gone' | null;
  /** Whether metrics that are 0 are listed too. */
  readonly isWhole: boolean;
  readonly trans: ITranslation;
}

/** Everything about one operator. */
export function NodeCard(props: ICardProps): ComponentChild {
  const { node, picture, mark, isWhole, trans } = props;
  const words = operatorWords(node.name, trans);
  const all = metricLines(node, picture.values);
  const lines = isWhole ? all : all.filter(({ summary }) => summary.max > 0);
  return (
    <>
      <header>
        <strong>{node.name.trim()}</strong>
        {mark && (
          <span class="jp-Sparkglass-plan-mark">
            {mark === 'made'
              ? trans.__('+ new in this plan')
              : trans.__('− not in the next plan')}
          </span>
        )}
      </header>
      {words && <p>{words.what}</p>}
      {words && <p class="jp-Sparkglass-card-soft">{words.good}</p>}
      <Facts {...props} />
      <p class="jp-Sparkglass-card-soft">{heatWords(node, picture, trans)}</p>
      {lines.length > 0 && (
        <dl class="jp-Sparkglass-plan-metrics">
          {lines.map(line => (
            <>
              <dt>{line.name}</dt>
              <dd>{line.words}</dd>
            </>
          ))}
        </dl>
      )}
      {lines.length < all.length && (
        <p class="jp-Sparkglass-card-soft">
          {trans.__('Metrics that are 0: %1', all.length - lines.length)}
        </p>
      )}
      {node.description.trim() !== node.name.trim() && (
        <code class="jp-Sparkglass-plan-words">
          {withoutIds(node.description)}
        </code>
      )}
      <p class="jp-Sparkglass-card-soft">{ranWords(node, picture, trans)}</p>
    </>
  );
}

/** How much of the time a node took, and how that is known. */
export function heatWords(
  node: IPlanNode,
  { heat, tree }: IPlanPicture,
  trans: ITranslation
): string {
  const own = heat.get(node.id);
  if (!own) {
    return trans.__('How long it took is not known: Spark does not time it.');
  }
  const cluster = tree.clusterOf(node);
  return own.from === 'shared' && cluster
    ? trans.__(
        'Timed only together with the rest of %1: %2 over all tasks, %3 of the time of the plan.',
        cluster.name.trim(),
        formatDuration(own.ms),
        formatShare(own.share)
      )
    : trans.__(
        '%1 over all tasks, %2 of the time of the plan.',
        formatDuration(own.ms),
        formatShare(own.share)
      );
}

/** Which stages ran a node. */
function ranWords(
  node: IPlanNode,
  { stages }: IPlanPicture,
  trans: ITranslation
): string {
  const ran = stages.byNode.get(node.id) ?? [];
  return ran.length === 0
    ? trans.__('No stage is known that ran it.')
    : ran.length === 1
      ? trans.__('Ran in stage %1.', stageName(ran[0]!))
      : trans.__('Ran in stages %1.', ran.map(stageName).join(', '));
}

function Facts(props: ICardProps): ComponentChild {
  const { node, picture, trans } = props;
  const scan = scanFacts(node);
  const join = joinFacts(node);
  const rows: [string, string | null][] = [];
  let reason: string | null = null;
  if (scan) {
    rows.push(
      [trans.__('Files'), scan.location],
      [trans.__('Columns read'), scan.columns],
      [
        trans.__('Folders left out by (PartitionFilters)'),
        scan.partitionFilters
      ],
      [
        trans.__('Left out while reading by (PushedFilters)'),
        scan.pushedFilters
      ]
    );
    reason = scan.isDynamic
      ? trans.__(
          'Which folders it reads is known only from rows of another table (dynamic partition pruning).'
        )
      : scan.partitionFilters === null && scan.pushedFilters === null
        ? trans.__('No filter is applied while reading: it reads all files.')
        : null;
  }
  if (join) {
    const changes = picture.differences
      .slice(0, picture.version + 1)
      .flatMap(difference => difference?.changes ?? []);
    const why = joinReason(
      node,
      picture.subject,
      picture.tree,
      picture.values,
      changes
    );
    rows.push(
      [trans.__('Strategy'), strategyWords(join.strategy, trans)],
      [
        trans.__('Equal columns'),
        join.leftKeys ? `${join.leftKeys} = ${join.rightKeys}` : null
      ],
      [trans.__('Type'), join.type],
      [
        trans.__('Build side'),
        join.build === 'left'
          ? trans.__('the left side')
          : join.build === 'right'
            ? trans.__('the right side')
            : null
      ]
    );
    reason = why && reasonWords(why, join.build, trans);
  }
  const known = rows.filter(([, value]) => value !== null);
  return (
    <>
      {known.length > 0 && (
        <dl>
          {known.map(([label, value]) => (
            <>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </>
          ))}
        </dl>
      )}
      {reason !== null && <p>{reason}</p>}
    </>
  );
}
