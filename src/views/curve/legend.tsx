import type { ComponentChild } from 'preact';
import type { ITranslation } from '../../draw/words';
import { lookVariable } from './looks';
import type { ILineLook } from './plot';

/** A line in the legend. */
export interface ILegendEntry {
  readonly key: string;
  readonly name: string;
  readonly look: ILineLook;
  /** Its last value in words. */
  readonly last: string;
  readonly isShown: boolean;
  /** What it is, for the tip. */
  readonly what: string;
}

interface IProps {
  readonly entries: readonly ILegendEntry[];
  readonly trans: ITranslation;
  readonly onToggle: (key: string) => void;
}

/** The lines with their last values; a press switches one off or on. */
export function Legend({ entries, trans, onToggle }: IProps): ComponentChild {
  return (
    <ul class="jp-Sparkglass-curveLegend" aria-label={trans.__('Lines')}>
      {entries.map(({ key, name, look, last, isShown, what }) => (
        <li key={key}>
          <button
            type="button"
            aria-pressed={isShown}
            title={what}
            onClick={() => onToggle(key)}
          >
            <Sample look={look} />
            <span>{name}</span> <strong>{last}</strong>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A piece of a line as the plot draws it. */
export function Sample({ look }: { look: ILineLook }): ComponentChild {
  return (
    <svg width="22" height="8" aria-hidden="true">
      <line
        x1="0"
        x2="22"
        y1="4"
        y2="4"
        stroke={lookVariable(look)}
        stroke-width={look.widthPx + 0.5}
        stroke-opacity={look.alpha}
        stroke-dasharray={look.dash.join(' ') || undefined}
      />
    </svg>
  );
}
