import { sizeOf } from '../../analysis/shuffle-sizes';
import { formatBytes } from '../../draw/format';
import { colourRamp, pixelWord, rgbText, RAMP_STEPS } from '../../draw/ramp';
import type { IRenderer } from '../../draw/renderer';
import type { ITheme } from '../../draw/theme';

/** How far from the page the colour of the smallest size is. */
const LEAST = 0.14;
const LEAST_HIGH_CONTRAST = 0.3;

/** The colours of a shuffle's sizes: the smallest that occurs is the lightest, the largest the darkest, evenly by their logarithm. */
export class Shades {
  /** By the byte of a size: RGBA as pixels want it; nothing where there is nothing. */
  readonly words = new Uint32Array(256);
  private readonly colours: readonly string[];

  /**
   * @param least - smallest and largest byte that occur, 0 left out.
   */
  constructor(
    theme: ITheme,
    private readonly least: number,
    private readonly most: number
  ) {
    const ramp = colourRamp(
      theme.paper.rgba,
      theme.phases.compute.rgba,
      theme.ink.rgba,
      theme.isHighContrast ? LEAST_HIGH_CONTRAST : LEAST
    );
    for (let size = 1; size < 256; size++) {
      const share = most > least ? (size - least) / (most - least) : 0.7;
      const step = Math.round(
        Math.max(0, Math.min(1, share)) * (RAMP_STEPS - 1)
      );
      this.words[size] = pixelWord(ramp[step]!);
    }
    this.colours = ramp.map(rgbText);
  }

  /** Draw what the colours mean: a bar from the smallest to the largest size, with ticks. */
  drawLegend(renderer: IRenderer, theme: ITheme): void {
    renderer.clear();
    const { width } = renderer;
    const style = { font: theme.fontSmall, colour: theme.inkSoft.css };
    const middle = 10 + theme.fontSmallPx / 2 + 2;
    if (this.most <= this.least) {
      const size = formatBytes(sizeOf(this.most));
      const colour = this.colours[Math.round(0.7 * (RAMP_STEPS - 1))]!;
      renderer.fill(0, 0, 10, 10, colour);
      renderer.text(size, 14, 5, style);
      return;
    }
    for (let x = 0; x < width; x++) {
      const step = Math.round((x / Math.max(1, width - 1)) * (RAMP_STEPS - 1));
      renderer.fill(x, 0, 1, 10, this.colours[step]!);
    }
    let free = -Infinity;
    for (const bytes of legendTicks(sizeOf(this.least), sizeOf(this.most))) {
      const size = Math.log(bytes) / Math.log(1.1);
      const x = ((size - this.least) / (this.most - this.least)) * width;
      const words = formatBytes(bytes);
      const half = renderer.measure(words, theme.fontSmall) / 2;
      const at = Math.max(half, Math.min(width - half, x));
      if (at - half > free) {
        renderer.fill(
          Math.min(width - 1, Math.round(x)),
          8,
          1,
          4,
          theme.ink.css
        );
        renderer.text(words, at, middle, { ...style, align: 'center' });
        free = at + half + 6;
      }
    }
  }
}

/** Powers of 2 in steps that leave at most five between two sizes, in bytes. */
export function legendTicks(least: number, most: number): number[] {
  const [from, to] = [Math.ceil(Math.log2(least)), Math.floor(Math.log2(most))];
  const step = [1, 2, 5, 10].find(each => (to - from) / each <= 4) ?? 20;
  const ticks: number[] = [];
  for (let power = Math.ceil(from / step) * step; power <= to; power += step) {
    ticks.push(2 ** power);
  }
  return ticks.length > 0 ? ticks : [Math.round(most)];
}
