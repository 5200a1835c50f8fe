import type { ITheme } from '../../draw/theme';
import { formatCount } from '../../draw/format';
import { CurveChart, type IChartEvents } from './curve-chart';
import type { IPlot } from './plot';
import { placeWords, type ICurveSettings } from './settings';

/** How far the served models were behind, on the axis of the curve above it. */
export class LagChart {
  readonly node = document.createElement('div');
  private readonly words = document.createElement('p');
  private readonly host = document.createElement('div');
  private readonly chart: CurveChart;

  /** @param title - what lag is. */
  constructor(events: IChartEvents, group: string, title: string) {
    this.node.className = 'jp-Sparkglass-curveLag';
    this.node.hidden = true;
    this.node.title = title;
    this.host.className = 'jp-Sparkglass-uplot';
    this.host.setAttribute('role', 'img');
    this.node.append(this.words, this.host);
    this.chart = new CurveChart(this.host, events, { group, hasPlaces: false });
  }

  /** Draw it; hidden where there is nothing to draw. */
  draw(
    plot: IPlot | null,
    words: string,
    part: readonly [number, number] | null,
    { axis }: ICurveSettings,
    theme: ITheme
  ): void {
    this.node.hidden = plot === null;
    if (!plot) {
      return;
    }
    this.words.textContent = words;
    this.host.setAttribute('aria-label', words);
    this.chart.follow(part);
    this.chart.draw(
      plot,
      { place: value => placeWords(axis, value), value: formatCount },
      Math.floor(this.host.clientWidth),
      Math.floor(this.host.clientHeight),
      theme
    );
  }

  clear(): void {
    this.chart.clear();
  }
}
