import type { ITimeSplit, TimePart } from '../../analysis/critical-path';
import { TIME_PARTS } from '../../analysis/critical-path';
import type { IWhatIf } from '../../analysis/what-if';
import { formatDuration, formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { partTerm } from './time-words';

/** Tells of a part that the pointer or the keyboard is on; null when it left. */
export type OnPart = (part: TimePart | null, at: Element | null) => void;

interface IProps {
  readonly split: ITimeSplit;
  readonly whatIf: IWhatIf | null;
  readonly trans: ITranslation;
  readonly onPart: OnPart;
}

/** Where the time went as one bar with words, and below it what would have been with balance or with more cores. */
export function TimeBar({ split, whatIf, trans, onPart }: IProps) {
  const { wallMs, partsMs } = split;
  const parts = TIME_PARTS.filter(part => partsMs[part] > 0);
  const label = parts
    .map(
      part => `${partTerm(part, trans).name} ${formatDuration(partsMs[part])}`
    )
    .join(', ');
  return (
    <div class="jp-Sparkglass-time">
      <div class="jp-Sparkglass-time-bars">
        <span>{trans.__('as it was')}</span>
        <div
          class="jp-Sparkglass-time-bar"
          role="img"
          aria-label={trans.__('Where the time went: %1', label)}
        >
          {parts.map(part => (
            <span
              key={part}
              class={`jp-mod-${part}`}
              style={{ flexGrow: partsMs[part] }}
              onPointerEnter={event => onPart(part, event.currentTarget)}
              onPointerLeave={() => onPart(null, null)}
            />
          ))}
        </div>
        <b>{formatDuration(wallMs)}</b>
        {whatIf && (
          <>
            <WouldBe
              words={trans.__('with perfect balance')}
              ms={whatIf.balancedMs}
              wallMs={wallMs}
              trans={trans}
            />
            <WouldBe
              words={trans.__('with twice the cores')}
              ms={whatIf.twiceCoresMs}
              wallMs={wallMs}
              trans={trans}
            />
          </>
        )}
      </div>
      <ul
        class="jp-Sparkglass-time-legend"
        aria-label={trans.__('Parts of the time')}
      >
        {parts.map(part => (
          <li
            key={part}
            tabIndex={0}
            onPointerEnter={event => onPart(part, event.currentTarget)}
            onPointerLeave={() => onPart(null, null)}
            onFocus={event => onPart(part, event.currentTarget)}
            onBlur={() => onPart(null, null)}
          >
            <i class={`jp-mod-${part}`} />
            {partTerm(part, trans).name} <b>{formatDuration(partsMs[part])}</b>{' '}
            <em>{formatShare(partsMs[part] / wallMs)}</em>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A shorter bar: about how long it would have taken. */
function WouldBe(props: {
  words: string;
  ms: number;
  wallMs: number;
  trans: ITranslation;
}) {
  const { words, ms, wallMs, trans } = props;
  return (
    <>
      <span>{words}</span>
      <div class="jp-Sparkglass-time-bar">
        <span
          class="jp-mod-estimate"
          style={{ width: `${(100 * ms) / wallMs}%` }}
        />
      </div>
      <b>{trans.__('about %1', formatDuration(ms))}</b>
    </>
  );
}
