/** Device pixels of one CSS pixel; above 3 nobody sees a difference. */
export function pixelRatio(view: Pick<Window, 'devicePixelRatio'>): number {
  const ratio = view.devicePixelRatio;
  return Number.isFinite(ratio) && ratio > 0 ? Math.min(ratio, 3) : 1;
}

/**
 * Call back when the pixel ratio changes: the page was zoomed, or its window
 * moved to another screen.
 *
 * @returns a function that stops watching.
 */
export function watchPixelRatio(view: Window, changed: () => void): () => void {
  let query: MediaQueryList | null = null;
  const listen = (): void => {
    query?.removeEventListener('change', onChange);
    // A query names one ratio, so each change needs a new one.
    query = view.matchMedia(`(resolution: ${view.devicePixelRatio}dppx)`);
    query.addEventListener('change', onChange);
  };
  const onChange = (): void => {
    listen();
    changed();
  };
  listen();
  return () => query?.removeEventListener('change', onChange);
}

/** Whether the user asked the system for less motion. */
export function prefersLessMotion(view: Pick<Window, 'matchMedia'>): boolean {
  return view.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
