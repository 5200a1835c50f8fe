import type { Flow, IBox } from './plan-layout';

/** Straight in its own branch; it bends only before the node that it leads to. */
export function straightPath(
  from: IBox,
  to: IBox,
  flow: Flow,
  along: number
): { path: string; box: IBox } {
  const isRight = flow === 'right';
  const start = isRight
    ? { x: from.x + from.width, y: from.y + from.height / 2 }
    : { x: from.x + from.width / 2, y: from.y + from.height };
  const end = isRight
    ? { x: to.x, y: to.y + to.height / 2 }
    : { x: to.x + to.width / 2, y: to.y };
  const bend = isRight ? end.x - along : end.y - along;
  const [before, one, other] = isRight
    ? [
        { x: Math.max(bend, start.x), y: start.y },
        { x: (Math.max(bend, start.x) + end.x) / 2, y: start.y },
        { x: (Math.max(bend, start.x) + end.x) / 2, y: end.y }
      ]
    : [
        { x: start.x, y: Math.max(bend, start.y) },
        { x: start.x, y: (Math.max(bend, start.y) + end.y) / 2 },
        { x: end.x, y: (Math.max(bend, start.y) + end.y) / 2 }
      ];
  const at = (p: { x: number; y: number }): string =>
    `${Math.round(p.x)},${Math.round(p.y)}`;
  const wings = isRight
    ? [
        { x: end.x - 5, y: end.y - 3 },
        { x: end.x - 5, y: end.y + 3 }
      ]
    : [
        { x: end.x - 3, y: end.y - 5 },
        { x: end.x + 3, y: end.y - 5 }
      ];
  const x = Math.min(start.x, end.x);
  const y = Math.min(start.y, end.y);
  return {
    path: `M${at(start)}L${at(before)}C${at(one)} ${at(other)} ${at(end)}M${at(wings[0]!)}L${at(end)}L${at(wings[1]!)}`,
    box: {
      x: x - 5,
      y: y - 5,
      width: Math.abs(end.x - start.x) + 10,
      height: Math.abs(end.y - start.y) + 10
    }
  };
}

/** What is used again passes beside the nodes in between: it leaves and arrives at their sides. */
export function asidePath(
  from: IBox,
  to: IBox,
  flow: Flow,
  along: number
): { path: string; box: IBox } {
  const isRight = flow === 'right';
  const side = (box: IBox): { x: number; y: number } =>
    isRight
      ? { x: box.x + box.width / 2, y: box.y + box.height }
      : { x: box.x + box.width, y: box.y + box.height / 2 };
  const [start, end] = [side(from), side(to)];
  const far =
    (isRight ? Math.max(start.y, end.y) : Math.max(start.x, end.x)) + along;
  const at = (x: number, y: number): string =>
    `${Math.round(x)},${Math.round(y)}`;
  const [one, other] = isRight
    ? [at(start.x, far), at(end.x, far)]
    : [at(far, start.y), at(far, end.y)];
  const [wing, wing2] = isRight
    ? [at(end.x - 3, end.y + 5), at(end.x + 3, end.y + 5)]
    : [at(end.x + 5, end.y - 3), at(end.x + 5, end.y + 3)];
  const x = Math.min(start.x, end.x);
  const y = Math.min(start.y, end.y);
  return {
    path: `M${at(start.x, start.y)}C${one} ${other} ${at(end.x, end.y)}M${wing}L${at(end.x, end.y)}L${wing2}`,
    box: {
      x: x - 5,
      y: y - 5,
      width: Math.abs(end.x - start.x) + 10 + along,
      height: Math.abs(end.y - start.y) + 10 + along
    }
  };
}
