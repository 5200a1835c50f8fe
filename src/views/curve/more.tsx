import type { ComponentChild } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatCount } from '../../draw/format';
import type { ITheme } from '../../draw/theme';
import type { ITranslation } from '../../draw/words';
import type { Curve } from '../../model';
import { Boundary } from './boundary';
import { CurveChart } from './curve-chart';
import type { IShownCurve } from './curve-data';
import { valueWords } from './curve-words';
import { epochsWords, type IShownEpochs } from './epochs';

interface IProps {
  readonly curve: Curve;
  readonly shown: IShownCurve;
  readonly theme: ITheme;
  readonly trans: ITranslation;
}

/** What stands below the cost: what spoils the curve, epochs, and decision lines. */
export function More(props: IProps): ComponentChild {
  const { curve, shown, theme, trans } = props;
  return (
    <>
      {shown.mistakes.length > 0 && (
        <ul
          class="jp-Sparkglass-curveNotes"
          aria-label={trans.__('What to mind')}
        >
          {shown.mistakes.map(words => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <div class="jp-Sparkglass-curveMore">
        {shown.epochs.map(epochs => (
          <Epochs
            key={epochs.key}
            epochs={epochs}
            theme={theme}
            trans={trans}
          />
        ))}
        {shown.boundaries.map(({ line, look }) => (
          <Boundary
            key={line.id}
            curve={curve}
            line={line}
            boundary={line.boundary!}
            look={look}
            trans={trans}
          />
        ))}
      </div>
    </>
  );
}

/** The errors or the cost of a training, epoch by epoch. */
function Epochs(props: {
  epochs: IShownEpochs;
  theme: ITheme;
  trans: ITranslation;
}): ComponentChild {
  const { epochs, theme, trans } = props;
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<CurveChart | null>(null);
  useLayoutEffect(() => {
    return () => chart.current?.clear();
  }, []);
  useLayoutEffect(() => {
    chart.current?.clear();
  }, [theme]);
  useLayoutEffect(() => {
    const node = host.current;
    if (node) {
      chart.current ??= new CurveChart(node, null);
      chart.current.draw(
        epochs.plot,
        { place: formatCount, value: value => valueWords(value, 'number') },
        Math.floor(node.clientWidth),
        Math.floor(node.clientHeight),
        theme
      );
    }
  });
  const words = epochsWords(epochs, trans);
  return (
    <figure class="jp-Sparkglass-curveEpochs">
      <figcaption title={words}>{words}</figcaption>
      <div
        ref={host}
        class="jp-Sparkglass-uplot"
        role="img"
        aria-label={words}
      />
    </figure>
  );
}
