import { CLICK_SLOP, placeIn, readWheel } from '../picture-input';

/** What a plan can be asked to do, px of its room. */
export interface IPlanMoves {
  zoomAt(x: number, y: number, factor: number): void;
  panBy(dx: number, dy: number): void;
}

/**
 * Listen to wheel and drag. The plain wheel is left to the page: a picture in a notebook must not hold it up. With Ctrl or ⌘ it zooms,
 * with Shift, or sideways, it pans.
 *
 * @returns a function that stops listening.
 */
export function listenToPointer(
  node: HTMLElement,
  moves: IPlanMoves
): () => void {
  let drag: { id: number; x: number; y: number; moved: boolean } | null = null;

  const onWheel = (event: WheelEvent): void => {
    const move = readWheel(event);
    if (!move) {
      return;
    }
    event.preventDefault();
    if (move.kind === 'zoom') {
      const { x, y } = placeIn(node, event);
      moves.zoomAt(x, y, move.factor);
    } else {
      moves.panBy(-move.pixels, 0);
    }
  };

  const onDown = (event: PointerEvent): void => {
    if (event.button === 0 && !drag) {
      const { pointerId: id, clientX: x, clientY: y } = event;
      drag = { id, x, y, moved: false };
    }
  };

  const onMove = (event: PointerEvent): void => {
    if (!drag || event.pointerId !== drag.id) {
      return;
    }
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(dx, dy) < CLICK_SLOP) {
      return;
    }
    if (!drag.moved) {
      // Not before: what captures a pointer gets its click too.
      node.setPointerCapture(event.pointerId);
    }
    drag = { id: drag.id, x: event.clientX, y: event.clientY, moved: true };
    moves.panBy(dx, dy);
  };

  const onUp = (event: PointerEvent): void => {
    if (drag && event.pointerId === drag.id) {
      drag = null;
    }
  };

  node.addEventListener('wheel', onWheel, { passive: false });
  node.addEventListener('pointerdown', onDown);
  node.addEventListener('pointermove', onMove);
  node.addEventListener('pointerup', onUp);
  node.addEventListener('pointercancel', onUp);
  return () => {
    node.removeEventListener('wheel', onWheel);
    node.removeEventListener('pointerdown', onDown);
    node.removeEventListener('pointermove', onMove);
    node.removeEventListener('pointerup', onUp);
    node.removeEventListener('pointercancel', onUp);
  };
}
