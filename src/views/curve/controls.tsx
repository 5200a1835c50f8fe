import type { ComponentChild } from 'preact';
import { formatCount, formatNumber } from '../../draw/format';
import { AXES } from '../../analysis/curve-axes';
import { MOST_EARLIER } from '../../analysis/curve-runs';
import type { Measure } from '../../analysis/curve-estimate';
import { halfLife, remembered } from '../../analysis/curve-tally';
import type { ITranslation } from '../../draw/words';
import { curveTerm, type CurveTerm } from './curve-terms';
import {
  alphaOf,
  axisWords,
  ESTIMATORS,
  rowsAt,
  SLIDER_LEAST,
  SLIDER_MOST,
  sliderOf,
  type ICurveSettings
} from './settings';

/** What the controls of a curve are drawn with. */
export interface IControlsProps {
  readonly settings: ICurveSettings;
  /** The fading factor in use. */
  readonly alpha: number;
  /** What can be measured. */
  readonly measures: readonly Measure[];
  /** Whether losses are errors of 0 and 1. */
  readonly isError: boolean;
  /** Earlier runs of the same curve, oldest first. */
  readonly earlier: readonly { readonly key: string; readonly name: string }[];
  readonly isZoomed: boolean;
  readonly trans: ITranslation;
  readonly onSettings: (change: Partial<ICurveSettings>) => void;
  readonly onWhole: () => void;
  readonly onCsv: () => void;
}

/** What is measured, how it is averaged, and along which axis. */
export function Controls(props: IControlsProps): ComponentChild {
  const { settings, trans, onSettings } = props;
  const { measures } = props;
  const hasClasses = measures.includes('kappa');
  return (
    <div
      class="jp-Sparkglass-curveControls"
      data-sparkglass-no-picture=""
      role="group"
      aria-label={trans.__('What the curve shows')}
    >
      <Choice
        words={trans.__('Measure')}
        terms={measures.map(measure => [
          measure,
          curveTerm(termOf(measure, props.isError), trans)
        ])}
        value={settings.measure}
        onChange={measure => onSettings({ measure })}
      />
      <Choice
        words={trans.__('Average')}
        terms={ESTIMATORS.map(one => [one, curveTerm(one as CurveTerm, trans)])}
        value={settings.estimator}
        onChange={estimator => onSettings({ estimator })}
      />
      <Memory {...props} />
      <Choice
        words={trans.__('Along')}
        terms={AXES.map(axis => [
          axis,
          { name: axisWords(axis, trans), what: '', good: '' }
        ])}
        value={settings.axis}
        onChange={axis => onSettings({ axis })}
      />
      <Switch
        words={trans.__('95 % band')}
        title={trans.__(
          'Where the true value lies with 95 %, if errors were independent of each other'
        )}
        isOn={settings.bands}
        onSwitch={bands => onSettings({ bands })}
      />
      {hasClasses && (
        <Switch
          words={trans.__('baselines')}
          title={trans.__(
            'Two rules that need no model: always the most frequent class so far, and the label of the row before'
          )}
          isOn={settings.baselines}
          onSwitch={baselines => onSettings({ baselines })}
        />
      )}
      <Behind {...props} />
      {props.isZoomed && (
        <button
          type="button"
          class="jp-Sparkglass-button"
          title={trans.__('Show the whole axis (0, or a double click)')}
          onClick={props.onWhole}
        >
          {trans.__('Whole axis')}
        </button>
      )}
      <button
        type="button"
        class="jp-Sparkglass-button jp-mod-quiet"
        title={trans.__(
          'Save the lines that are shown, point by point, as a table (CSV)'
        )}
        onClick={props.onCsv}
      >
        {trans.__('CSV')}
      </button>
    </div>
  );
}

/** Which earlier run is drawn behind; nothing where there is none. */
function Behind({ settings, earlier, trans, onSettings }: IControlsProps) {
  if (earlier.length === 0) {
    return null;
  }
  const what = trans.__(
    'Draws an earlier run of this cell, fainter and dotted, on the same axes. There are the last %1 runs since the kernel was started, and the last one before, which the notebook has kept.',
    String(MOST_EARLIER)
  );
  const none = { name: trans.__('nothing'), what, good: '' };
  return (
    <Choice
      words={trans.__('Behind')}
      terms={[
        ['', none],
        ...earlier.map(
          ({ key, name }) => [key, { name, what, good: '' }] as const
        )
      ]}
      value={settings.behind ?? ''}
      onChange={key => onSettings({ behind: key || null })}
    />
  );
}

function termOf(measure: Measure, isError: boolean): CurveTerm {
  return measure === 'loss' && isError ? 'error' : measure;
}

function Choice<T extends string>(props: {
  words: string;
  terms: readonly (readonly [
    T,
    { name: string; what: string; good: string }
  ])[];
  value: T;
  onChange: (value: T) => void;
}): ComponentChild {
  const { words, terms, value, onChange } = props;
  const term = terms.find(([one]) => one === value)?.[1];
  return (
    <label title={term && `${term.what} ${term.good}`.trim()}>
      {words}
      <select
        class="jp-Sparkglass-select"
        aria-label={words}
        value={value}
        onChange={event => onChange(event.currentTarget.value as T)}
      >
        {terms.map(([one, { name }]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** One slider: how many rows the average remembers. */
function Memory({ settings, alpha, trans, onSettings }: IControlsProps) {
  const { estimator, windowRows } = settings;
  if (estimator === 'cumulative') {
    return null;
  }
  const isFading = estimator === 'fading';
  const rows = isFading ? remembered(alpha) : windowRows;
  const said = isFading
    ? trans.__(
        'α %1, remembers ≈ %2 rows',
        formatNumber(alpha, 4),
        formatCount(rows)
      )
    : trans._n('%2 row', '%2 rows', rows, formatCount(rows));
  return (
    <label
      title={
        isFading
          ? trans.__(
              'Fading factor: after %1 rows, a row counts half.',
              formatCount(halfLife(alpha))
            )
          : undefined
      }
    >
      {isFading ? trans.__('α') : trans.__('rows')}
      <input
        type="range"
        class="jp-Sparkglass-curveSlider"
        min={SLIDER_LEAST}
        max={SLIDER_MOST}
        value={sliderOf(rows)}
        aria-valuetext={said}
        onInput={event => {
          const wanted = rowsAt(Number(event.currentTarget.value));
          onSettings(
            isFading
              ? { alpha: alphaOf(wanted) }
              : { windowRows: Math.round(wanted) }
          );
        }}
      />
      <span class="jp-Sparkglass-curveMemory">{said}</span>
    </label>
  );
}

function Switch(props: {
  words: string;
  title: string;
  isOn: boolean;
  onSwitch: (isOn: boolean) => void;
}): ComponentChild {
  return (
    <label title={props.title}>
      <input
        type="checkbox"
        checked={props.isOn}
        onChange={event => props.onSwitch(event.currentTarget.checked)}
      />
      {props.words}
    </label>
  );
}
