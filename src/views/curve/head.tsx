import type { ComponentChild } from 'preact';
import type { ITranslation } from '../../draw/words';
import type { Curve } from '../../model';

interface IProps {
  readonly curves: readonly Curve[];
  readonly curve: Curve;
  readonly verdict: string;
  readonly trans: ITranslation;
  readonly onCurve: (id: number) => void;
}

/** The verdict, and which curve it is about. */
export function Head(props: IProps): ComponentChild {
  const { curves, curve, verdict, trans, onCurve } = props;
  return (
    <div class="jp-Sparkglass-curveHead">
      <div class="jp-Sparkglass-verdict" title={verdict}>
        {verdict}
      </div>
      {curves.length > 1 ? (
        <select
          class="jp-Sparkglass-select"
          aria-label={trans.__('Training curve')}
          value={curve.id}
          onChange={event => onCurve(Number(event.currentTarget.value))}
        >
          {curves.map(one => (
            <option key={one.id} value={one.id}>
              {one.label}
            </option>
          ))}
        </select>
      ) : (
        <span class="jp-Sparkglass-curveName" title={curve.label}>
          {curve.label}
        </span>
      )}
    </div>
  );
}
