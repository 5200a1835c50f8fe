import type { ComponentChild } from 'preact';

/** More cores than this are a number only. */
const MOST = 64;
/** Of a square and its gap, px. */
const STEP = 9;
const IN_LINE = 16;

/** A square a core: full while it has a task. Says nothing that is not in words beside it. */
export function Cores(props: { busy: number; cores: number }): ComponentChild {
  const { busy, cores } = props;
  if (cores < 1 || cores > MOST) {
    return null;
  }
  const square = (i: number): string =>
    `M${(i % IN_LINE) * STEP + 0.5},${Math.floor(i / IN_LINE) * STEP + 0.5}h7v7h-7z`;
  const path = (from: number, to: number): string => {
    let d = '';
    for (let i = from; i < to; i++) {
      d += square(i);
    }
    return d;
  };
  const full = Math.min(busy, cores);
  return (
    <svg
      class="jp-Sparkglass-cores"
      aria-hidden="true"
      width={Math.min(cores, IN_LINE) * STEP}
      height={Math.ceil(cores / IN_LINE) * STEP}
    >
      <path class="jp-mod-busy" d={path(0, full)} />
      <path d={path(full, cores)} />
    </svg>
  );
}
