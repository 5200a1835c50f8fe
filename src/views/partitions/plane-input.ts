import { CLICK_SLOP, placeIn, pressKey, readWheel } from '../picture-input';

/** What a picture that can be zoomed and moved can be asked to do, in pixels of its plot. */
export interface IPlaneActions {
  zoomAt(x: number, y: number, factor: number): void;
  zoomMiddle(factor: number): void;
  panPixels(x: number, y: number): void;
  fit(): void;
  hoverAt(x: number, y: number): void;
  leave(): void;
  /** Choose what lies there, or nothing. */
  chooseAt(x: number, y: number): void;
  /** Go to a neighbour: so many to the right, so many down. */
  step(right: number, down: number): void;
  /** Go to the first (-1) or last (1). */
  toEnd(end: -1 | 1): void;
  chooseCurrent(): void;
  /** @returns whether there was anything to clear. */
  clear(): boolean;
  /** Whether everything is shown, so that there is nothing to move. */
  readonly isFit: boolean;
}

/** Part of a picture's pixels that a key moves it by. */
const PAN_PX = 80;

/**
 * Listen to mouse, touch and keys, as the timeline does: the plain wheel is left to the page, with Ctrl or ⌘ it zooms, with Shift (or
 * sideways) it moves.
 *
 * @returns a function that stops listening.
 */
export function listenToPlane(
  node: HTMLElement,
  actions: IPlaneActions
): () => void {
  let drag: { id: number; x: number; y: number } | null = null;
  let moved = false;
  const at = (event: MouseEvent): { x: number; y: number } =>
    placeIn(node, event);

  const onWheel = (event: WheelEvent): void => {
    const move = readWheel(event);
    if (move?.kind === 'zoom') {
      event.preventDefault();
      const { x, y } = at(event);
      actions.zoomAt(x, y, move.factor);
    } else if (move && !actions.isFit) {
      event.preventDefault();
      actions.panPixels(move.pixels, 0);
    }
  };

  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || drag) {
      return;
    }
    moved = false;
    drag = { id: event.pointerId, ...at(event) };
    node.setPointerCapture(event.pointerId);
    node.focus({ preventScroll: true });
  };

  const onMove = (event: PointerEvent): void => {
    const { x, y } = at(event);
    if (!drag) {
      actions.hoverAt(x, y);
      return;
    }
    const [right, down] = [drag.x - x, drag.y - y];
    if (
      event.pointerId !== drag.id ||
      (!moved && Math.hypot(right, down) < CLICK_SLOP)
    ) {
      return;
    }
    moved = true;
    actions.panPixels(right, down);
    drag = { id: drag.id, x, y };
  };

  const onUp = (event: PointerEvent): void => {
    if (!drag || event.pointerId !== drag.id) {
      return;
    }
    drag = null;
    if (!moved && event.type === 'pointerup') {
      const { x, y } = at(event);
      actions.chooseAt(x, y);
    }
  };

  const onDouble = (event: MouseEvent): void => {
    const { x, y } = at(event);
    actions.zoomAt(x, y, event.shiftKey ? 1 / 4 : 4);
  };

  const arrow = (right: number, down: number, pans: boolean): void =>
    pans
      ? actions.panPixels(right * PAN_PX, down * PAN_PX)
      : actions.step(right, down);
  const keys: Record<string, (shift: boolean) => void> = {
    ArrowLeft: shift => arrow(-1, 0, shift),
    ArrowRight: shift => arrow(1, 0, shift),
    ArrowUp: shift => arrow(0, -1, shift),
    ArrowDown: shift => arrow(0, 1, shift),
    Home: () => actions.toEnd(-1),
    End: () => actions.toEnd(1),
    '+': () => actions.zoomMiddle(1.6),
    '=': () => actions.zoomMiddle(1.6),
    '-': () => actions.zoomMiddle(1 / 1.6),
    '0': () => actions.fit(),
    Enter: () => actions.chooseCurrent()
  };

  const onKey = (event: KeyboardEvent): void =>
    pressKey(event, keys, () => actions.clear());

  const ended = new AbortController();
  const { signal } = ended;
  node.addEventListener('wheel', onWheel, { passive: false, signal });
  node.addEventListener('pointerdown', onDown, { signal });
  node.addEventListener('pointermove', onMove, { signal });
  node.addEventListener('pointerup', onUp, { signal });
  node.addEventListener('pointercancel', onUp, { signal });
  node.addEventListener('pointerleave', () => actions.leave(), { signal });
  node.addEventListener('dblclick', onDouble, { signal });
  node.addEventListener('keydown', onKey, { signal });
  return () => ended.abort();
}
