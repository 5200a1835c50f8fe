import { CLICK_SLOP, placeIn, pressKey, readWheel } from '../picture-input';

/** What a timeline can be asked to do, in pixels of its plot. */
export interface ITimelineActions {
  zoomAt(x: number, factor: number): void;
  panPixels(pixels: number): void;
  panShare(share: number): void;
  zoomMiddle(factor: number): void;
  fit(): void;
  hoverAt(x: number, y: number): void;
  leave(): void;
  /** Choose what lies there, or nothing. */
  chooseAt(x: number, y: number): void;
  /** Mark a stretch while it is dragged. */
  mark(x0: number, x1: number): void;
  /** Show the marked stretch, or forget it. */
  endMark(show: boolean): void;
  /** Go to the next (1) or previous (-1) task of the lane. */
  step(by: 1 | -1): void;
  /** Go to the lane below (1) or above (-1). */
  stepLane(by: 1 | -1): void;
  chooseCurrent(): void;
  /** @returns whether there was anything to clear. */
  clear(): boolean;
  /** Whether everything is shown, so that there is nothing to pan. */
  readonly isFit: boolean;
}

/**
 * Listen to mouse, touch and keys.
 *
 * The plain wheel is left to the page: a picture in a notebook must not hold
 * it up. With Ctrl or ⌘ it zooms, with Shift (or sideways) it pans.
 *
 * @returns a function that stops listening.
 */
export function listen(
  node: HTMLElement,
  actions: ITimelineActions
): () => void {
  let drag: { id: number; x: number; last: number; marks: boolean } | null =
    null;
  let moved = false;
  const at = (event: MouseEvent): { x: number; y: number } =>
    placeIn(node, event);

  const onWheel = (event: WheelEvent): void => {
    const move = readWheel(event);
    if (move?.kind === 'zoom') {
      event.preventDefault();
      actions.zoomAt(at(event).x, move.factor);
    } else if (move && !actions.isFit) {
      event.preventDefault();
      actions.panPixels(move.pixels);
    }
  };

  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || drag) {
      return;
    }
    const { x } = at(event);
    moved = false;
    // With everything on screen there is nothing to pan: a drag marks.
    drag = {
      id: event.pointerId,
      x,
      last: x,
      marks: event.shiftKey || actions.isFit
    };
    node.setPointerCapture(event.pointerId);
    node.focus({ preventScroll: true });
  };

  const onMove = (event: PointerEvent): void => {
    const { x, y } = at(event);
    if (!drag) {
      actions.hoverAt(x, y);
      return;
    }
    if (event.pointerId !== drag.id) {
      return;
    }
    if (!moved && Math.abs(x - drag.x) < CLICK_SLOP) {
      return;
    }
    moved = true;
    if (drag.marks) {
      actions.mark(drag.x, x);
    } else {
      actions.panPixels(drag.last - x);
    }
    drag.last = x;
  };

  const onUp = (event: PointerEvent): void => {
    if (!drag || event.pointerId !== drag.id) {
      return;
    }
    const { marks } = drag;
    drag = null;
    const { x, y } = at(event);
    if (!moved) {
      actions.endMark(false);
      if (event.type === 'pointerup') {
        actions.chooseAt(x, y);
      }
    } else if (marks) {
      actions.endMark(event.type === 'pointerup');
    }
  };

  const onLeave = (): void => actions.leave();
  const onDouble = (event: MouseEvent): void =>
    actions.zoomAt(at(event).x, event.shiftKey ? 1 / 4 : 4);

  const keys: Record<string, () => void> = {
    ArrowLeft: () => actions.panShare(-0.2),
    ArrowRight: () => actions.panShare(0.2),
    PageUp: () => actions.panShare(-0.9),
    PageDown: () => actions.panShare(0.9),
    ArrowUp: () => actions.stepLane(-1),
    ArrowDown: () => actions.stepLane(1),
    '+': () => actions.zoomMiddle(1.6),
    '=': () => actions.zoomMiddle(1.6),
    '-': () => actions.zoomMiddle(1 / 1.6),
    '0': () => actions.fit(),
    Home: () => actions.fit(),
    '[': () => actions.step(-1),
    ']': () => actions.step(1),
    Enter: () => actions.chooseCurrent()
  };

  const onKey = (event: KeyboardEvent): void =>
    pressKey(event, keys, () => actions.clear());

  node.addEventListener('wheel', onWheel, { passive: false });
  node.addEventListener('pointerdown', onDown);
  node.addEventListener('pointermove', onMove);
  node.addEventListener('pointerup', onUp);
  node.addEventListener('pointercancel', onUp);
  node.addEventListener('pointerleave', onLeave);
  node.addEventListener('dblclick', onDouble);
  node.addEventListener('keydown', onKey);
  return () => {
    node.removeEventListener('wheel', onWheel);
    node.removeEventListener('pointerdown', onDown);
    node.removeEventListener('pointermove', onMove);
    node.removeEventListener('pointerup', onUp);
    node.removeEventListener('pointercancel', onUp);
    node.removeEventListener('pointerleave', onLeave);
    node.removeEventListener('dblclick', onDouble);
    node.removeEventListener('keydown', onKey);
  };
}
