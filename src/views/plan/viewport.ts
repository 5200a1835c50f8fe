import type { IBox } from './plan-layout';

/** What of a plan is seen: a point of it lies at `scale · x + left`, `scale · y + top` of the room, px. */
export interface IViewport {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Width and height, px. */
export interface ISize {
  readonly width: number;
  readonly height: number;
}

const LEAST = 0.08;
const MOST = 2.5;
/** Below this, words cannot be read. */
export const READABLE = 0.75;

/** Show everything, not larger than life; what is smaller than the room stands in its middle. */
export function fit(plan: ISize, room: ISize): IViewport {
  const scale = Math.max(
    LEAST,
    Math.min(1, room.width / plan.width || 1, room.height / plan.height || 1)
  );
  return {
    scale,
    left: Math.max(0, (room.width - plan.width * scale) / 2),
    top: Math.max(0, (room.height - plan.height * scale) / 2)
  };
}

/**
 * What to show first: everything where words can be read then; else as much as can be read, with a box in view.
 *
 * @param box - the hottest node; null for none, and then the result is in view.
 */
export function firstView(
  plan: ISize,
  room: ISize,
  box: IBox | null
): IViewport {
  const all = fit(plan, room);
  if (all.scale >= READABLE) {
    return all;
  }
  const across = Math.min(room.width / plan.width, room.height / plan.height);
  const other = Math.max(room.width / plan.width, room.height / plan.height);
  const scale = Math.max(READABLE, Math.min(1, Math.max(across, other)));
  const at = box ?? {
    x: plan.width - 1,
    y: plan.height - 1,
    width: 1,
    height: 1
  };
  return keepIn(
    {
      scale,
      left: room.width / 2 - (at.x + at.width / 2) * scale,
      top: room.height / 2 - (at.y + at.height / 2) * scale
    },
    plan,
    room
  );
}

/** Zoom; the point of the room stays where it is. */
export function zoomAt(
  view: IViewport,
  factor: number,
  x: number,
  y: number
): IViewport {
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
  const by = scale / view.scale;
  return {
    scale,
    left: x - (x - view.left) * by,
    top: y - (y - view.top) * by
  };
}

/** Leave no paper beside a plan that is larger than the room, and put a smaller one in its middle. */
export function keepIn(view: IViewport, plan: ISize, room: ISize): IViewport {
  const within = (at: number, size: number, of: number): number => {
    const free = of - size * view.scale;
    return free >= 0 ? free / 2 : Math.min(0, Math.max(free, at));
  };
  return {
    scale: view.scale,
    left: within(view.left, plan.width, room.width),
    top: within(view.top, plan.height, room.height)
  };
}

/** Move as little as is needed to have a box in view. */
export function reveal(view: IViewport, box: IBox, room: ISize): IViewport {
  const shift = (from: number, size: number, of: number): number =>
    from < 8 ? 8 - from : from + size > of - 8 ? of - 8 - from - size : 0;
  const { scale } = view;
  return {
    scale,
    left:
      view.left +
      shift(box.x * scale + view.left, box.width * scale, room.width),
    top:
      view.top +
      shift(box.y * scale + view.top, box.height * scale, room.height)
  };
}

/** Whether any of a box is seen. */
export function isSeen(view: IViewport, box: IBox, room: ISize): boolean {
  const x = box.x * view.scale + view.left;
  const y = box.y * view.scale + view.top;
  return (
    x < room.width &&
    y < room.height &&
    x + box.width * view.scale > 0 &&
    y + box.height * view.scale > 0
  );
}
