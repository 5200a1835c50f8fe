/** Pixels a pointer may wander and still have clicked. */
export const CLICK_SLOP = 4;

/** What a turn of the wheel asks of a picture: to zoom by a factor, or to move so many pixels sideways. */
export type WheelMove =
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'pan'; readonly pixels: number };

/**
 * Read a turn of the wheel. The plain wheel is left to the page: a picture in a notebook must not hold it up. With Ctrl or ⌘ it zooms,
 * with Shift (or sideways) it moves.
 *
 * @returns null when it is the page's.
 */
export function readWheel(event: WheelEvent): WheelMove | null {
  const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
  if (event.ctrlKey || event.metaKey) {
    const delta = Math.max(-300, Math.min(300, event.deltaY * unit));
    return { kind: 'zoom', factor: Math.exp(-delta / 250) };
  }
  const sideways = event.shiftKey
    ? event.deltaX || event.deltaY
    : Math.abs(event.deltaX) > Math.abs(event.deltaY)
      ? event.deltaX
      : 0;
  return sideways === 0 ? null : { kind: 'pan', pixels: sideways * unit };
}

/**
 * Do what a key asks of a picture; what it knows does not go on to the notebook.
 *
 * @param keys - by `KeyboardEvent.key`.
 * @param clear - for Escape; says whether there was anything to clear.
 */
export function pressKey(
  event: KeyboardEvent,
  keys: Readonly<Record<string, (shift: boolean) => void>>,
  clear: () => boolean
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const action = keys[event.key];
  if (event.key === 'Escape' ? clear() : action) {
    event.preventDefault();
    event.stopPropagation();
    action?.(event.shiftKey);
  }
}

/** Where an event is, in pixels from the corner of a node. */
export function placeIn(
  node: Element,
  event: MouseEvent
): { x: number; y: number } {
  const box = node.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
