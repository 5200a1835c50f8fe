import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ISegment } from '../../analysis/run-summary';
import { frames } from '../../draw/frames';
import type { ITheme } from '../../draw/theme';

export const BAR_WIDTH = 160;
export const BAR_HEIGHT = 12;

/** Where a segment lies in the bar, in CSS pixels; neighbours leave a gap where there is room for one. */
export function segmentSpan(
  start: number,
  share: number,
  width: number,
  gap: number
): { x: number; width: number } {
  const x = start * width;
  const full = share * width;
  return { x, width: full > 3 * gap ? full - gap : full };
}

interface IProps {
  readonly segments: readonly ISegment[];
  readonly theme: ITheme;
}

/**
 * The bar of the closed strip: one segment a stage, as long as its share of the tasks, filled as far as it is done.
 *
 * On a canvas, because a cell with 200 jobs has 200 segments and the page should not grow by as many nodes. What it says, the sentence beside it says too.
 */
export function SegmentBar({ segments, theme }: IProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const draw = (): void => {
      if (canvas.current) {
        drawBar(canvas.current, segments, theme);
      }
    };
    frames.draw(draw);
    return () => frames.forget(draw);
  }, [segments, theme]);
  return (
    <canvas
      ref={canvas}
      class="jp-Sparkglass-stripBar"
      aria-hidden="true"
      style={{ width: `${BAR_WIDTH}px`, height: `${BAR_HEIGHT}px` }}
    />
  );
}

function drawBar(
  canvas: HTMLCanvasElement,
  segments: readonly ISegment[],
  theme: ITheme
): void {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(BAR_WIDTH * ratio);
  const height = Math.round(BAR_HEIGHT * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const pen = canvas.getContext('2d');
  if (!pen) {
    return;
  }
  pen.scale(ratio, ratio);
  pen.fillStyle = theme.surface.css;
  pen.fillRect(0, 0, BAR_WIDTH, BAR_HEIGHT);
  let start = 0;
  for (const segment of segments) {
    const { x, width } = segmentSpan(
      start,
      segment.share,
      BAR_WIDTH,
      theme.gap
    );
    start += segment.share;
    drawSegment(pen, segment, x, width, theme);
  }
}

function drawSegment(
  pen: CanvasRenderingContext2D,
  segment: ISegment,
  x: number,
  width: number,
  theme: ITheme
): void {
  const { states } = theme;
  if (segment.state === 'skipped') {
    // Skipped work is no work: an outline only.
    pen.strokeStyle = states.pending.css;
    pen.strokeRect(x + 0.5, 0.5, Math.max(0, width - 1), BAR_HEIGHT - 1);
    return;
  }
  pen.globalAlpha = theme.leastAlpha;
  pen.fillStyle = states.pending.css;
  pen.fillRect(x, 0, width, BAR_HEIGHT);
  pen.globalAlpha = 1;
  const colour =
    segment.state === 'failed'
      ? states.failed
      : segment.state === 'complete'
        ? states.succeeded
        : states.running;
  pen.fillStyle = colour.css;
  pen.fillRect(x, 0, width * segment.done, BAR_HEIGHT);
  if (segment.state === 'failed' && width >= 8) {
    pen.strokeStyle = colour.ink;
    pen.lineWidth = 1.5;
    const middle = x + width / 2;
    pen.beginPath();
    pen.moveTo(middle - 3, 3);
    pen.lineTo(middle + 3, 9);
    pen.moveTo(middle + 3, 3);
    pen.lineTo(middle - 3, 9);
    pen.stroke();
  }
}
