import {
  CURVE_NAMES,
  curveVariable,
  inkOn,
  parseColour,
  PHASE_NAMES,
  phaseVariable,
  STATE_NAMES,
  stateVariable,
  type CurveName,
  type PhaseName,
  type Rgba,
  type StateName
} from './palette';

/** A colour in both forms a canvas needs: a fill style and numbers. */
export interface IColour {
  readonly css: string;
  readonly rgba: Rgba;
  /** Black or white, whichever reads better on it. */
  readonly ink: string;
}

/** The page's colours and fonts, copied once for a canvas. Frozen. */
export interface ITheme {
  readonly isLight: boolean;
  readonly isHighContrast: boolean;
  /** No alpha below this, so that nothing fades out of sight. */
  readonly leastAlpha: number;
  /** Pixels between bars. */
  readonly gap: number;
  readonly phases: Readonly<Record<PhaseName, IColour>>;
  readonly states: Readonly<Record<StateName, IColour>>;
  readonly curves: Readonly<Record<CurveName, IColour>>;
  readonly paper: IColour;
  readonly surface: IColour;
  readonly border: IColour;
  readonly ink: IColour;
  readonly inkSoft: IColour;
  readonly accent: IColour;
  /** A fine line that guides the eye: an axis' grid. */
  readonly grid: string;
  /** Font families and sizes, as `font` wants them: `11px system-ui`. */
  readonly fontSmall: string;
  readonly font: string;
  /** Height of the small font in pixels: rows of labels need it. */
  readonly fontSmallPx: number;
}

/**
 * Copy the theme out of the page.
 *
 * @param node any node inside the themed part of the page, attached to it.
 */
export function readTheme(node: Element): ITheme {
  const style = getComputedStyle(node);
  const read = (name: string, otherwise: string): string =>
    style.getPropertyValue(name).trim() || otherwise;
  const colour = (name: string, otherwise: string): IColour => {
    const css = read(name, otherwise);
    const rgba = parseColour(css) ?? parseColour(otherwise) ?? [0, 0, 0, 1];
    return Object.freeze({ css, rgba, ink: inkOn(rgba) });
  };
  const isLight =
    node
      .closest('[data-jp-theme-light]')
      ?.getAttribute('data-jp-theme-light') !== 'false';
  const isHighContrast = read('--jp-sparkglass-high-contrast', '0') === '1';
  const group = <T extends string>(
    names: readonly T[],
    variable: (name: T) => string
  ): Record<T, IColour> => {
    const entries = names.map(
      n => [n, colour(variable(n), '#808080')] as const
    );
    return Object.freeze(Object.fromEntries(entries)) as Record<T, IColour>;
  };
  const family = read('--jp-ui-font-family', 'system-ui, sans-serif');
  // Sizes may be `calc()` or relative, and presentation mode scales them: only
  // the page itself can say what they come to.
  const px = (variable: string, otherwise: number): number =>
    measuredPx(node, `var(${variable}, ${otherwise}px)`) || otherwise;
  const small = px('--jp-ui-font-size0', 11);
  const base = px('--jp-ui-font-size1', 13);
  const dark = '#111111';
  return Object.freeze({
    isLight,
    isHighContrast,
    leastAlpha: isHighContrast ? 0.6 : 0.3,
    gap: isHighContrast ? 2 : 1,
    phases: group(PHASE_NAMES, phaseVariable),
    states: group(STATE_NAMES, stateVariable),
    curves: group(CURVE_NAMES, curveVariable),
    paper: colour('--jp-layout-color0', isLight ? '#ffffff' : dark),
    surface: colour('--jp-layout-color2', isLight ? '#eeeeee' : '#424242'),
    border: colour('--jp-border-color1', isLight ? '#bdbdbd' : '#616161'),
    ink: colour('--jp-ui-font-color0', isLight ? '#000000' : '#ffffff'),
    inkSoft: colour('--jp-ui-font-color2', isLight ? '#757575' : '#b3b3b3'),
    accent: colour('--jp-brand-color1', '#2196f3'),
    grid: read(
      '--jp-sparkglass-grid',
      isLight ? 'rgba(0, 0, 0, 0.08)' : 'rgba(255, 255, 255, 0.09)'
    ),
    fontSmall: `${small}px ${family}`,
    font: `${base}px ${family}`,
    fontSmallPx: small
  });
}

function measuredPx(node: Element, size: string): number {
  const probe = node.ownerDocument.createElement('span');
  probe.style.cssText = `position:absolute;visibility:hidden;font-size:${size}`;
  node.appendChild(probe);
  const px = parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  return Number.isFinite(px) ? px : 0;
}
