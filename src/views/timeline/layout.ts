/** What there is to lay out. All lengths are CSS pixels. */
export interface ILayoutInput {
  readonly width: number;
  /** As high as the picture may get. */
  readonly mostHeight: number;
  readonly lanes: number;
  readonly bandRows: number;
  /** Width of the longest lane label. */
  readonly labelWidth: number;
  /** Height of the small font. */
  readonly fontPx: number;
}

/** What lies where. */
export interface ILayout {
  readonly width: number;
  readonly height: number;
  /** Left end of the lanes; labels are left of it. 0 when there is no room for them. */
  readonly left: number;
  readonly plotWidth: number;
  readonly bandTop: number;
  readonly bandPitch: number;
  readonly laneTop: number;
  /** Height of the part in which lanes are seen; they scroll when they need more. */
  readonly laneHeight: number;
  /** Height of a lane with its gap. */
  readonly pitch: number;
  readonly axisTop: number;
  /** Height of all lanes: more than `laneHeight` when they scroll. */
  readonly lanesHeight: number;
}

/** Lane heights: what we like, and what is still readable. */
const MOST_PITCH = 22;
const LEAST_PITCH = 4;
/** Below this width labels would eat the picture. */
const LABELS_FROM = 360;

/** Lay out a timeline: bands above, lanes, the axis below. */
export function layoutTimeline(input: ILayoutInput): ILayout {
  const bandPitch = Math.ceil(input.fontPx) + 5;
  const bands = input.bandRows * bandPitch;
  const laneTop = bands > 0 ? bands + 3 : 2;
  const axis = Math.ceil(input.fontPx) + 8;
  const room = Math.max(input.mostHeight - laneTop - axis, LEAST_PITCH);
  const lanes = Math.max(input.lanes, 1);
  const pitch = Math.max(
    LEAST_PITCH,
    Math.min(MOST_PITCH, Math.floor(room / lanes))
  );
  const lanesHeight = pitch * lanes;
  const laneHeight = Math.min(lanesHeight, room);
  const left =
    input.width >= LABELS_FROM && input.labelWidth > 0
      ? Math.ceil(Math.min(input.labelWidth, input.width / 5)) + 8
      : 0;
  return {
    width: input.width,
    height: laneTop + laneHeight + axis,
    left,
    plotWidth: Math.max(1, input.width - left),
    bandTop: 0,
    bandPitch,
    laneTop,
    laneHeight,
    pitch,
    axisTop: laneTop + laneHeight,
    lanesHeight
  };
}

/** The lanes that can be seen: `[first, last)`. */
export function lanesInView(
  layout: ILayout,
  scrollTop: number,
  lanes: number
): readonly [number, number] {
  const first = Math.max(0, Math.floor(scrollTop / layout.pitch));
  const last = Math.ceil((scrollTop + layout.laneHeight) / layout.pitch);
  return [Math.min(first, lanes), Math.min(last, lanes)];
}
