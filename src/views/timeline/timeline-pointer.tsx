import { stretchFacts, taskFacts } from '../../analysis/task-facts';
import type { ITranslation } from '../../draw/words';
import { hover, select, selected, type ISelection } from '../selection';
import { StageCard, StretchCard, TaskCard } from './cards';
import { taskSentence } from './fact-words';
import { nearestTask, placeOf } from './find-task';
import { framed, type IFramed } from './overlay';
import type { TimelineData } from './timeline-data';
import type { TimelinePicture } from './timeline-picture';
import type { Tooltip } from './tooltip';

/** A task of the timeline: its lane's position and its place in the lane. */
interface IPlace {
  readonly lane: number;
  readonly i: number;
}

/** What the pointer's owner does for it. */
export interface IPointerHost {
  /** Bring a stretch of time into view, at once. */
  reveal(from: number, to: number): void;
  /** Draw the frames again. */
  redraw(): void;
  /** Say something aloud. */
  say(words: string): void;
}

/**
 * What is pointed at and what is chosen in a timeline, by mouse, by keyboard or
 * in another view.
 */
export class TimelinePointer {
  /** Frames to draw. */
  over: IFramed | null = null;
  chosen: IFramed | null = null;
  /** Stage in focus, whose tasks stand out; `StageAttempt.key`. */
  stageKey: string | null = null;

  private cursor: IPlace | null = null;

  constructor(
    private readonly data: TimelineData,
    private readonly picture: TimelinePicture,
    private readonly tooltip: Tooltip,
    private readonly trans: ITranslation,
    private readonly host: IPointerHost
  ) {}

  /** Forget everything: it is another timeline now. */
  reset(): void {
    this.cursor = this.over = this.chosen = this.stageKey = null;
    this.tooltip.hide();
  }

  /**
   * Follow what any view points at and has chosen.
   *
   * @returns whether another stage is in focus than before.
   */
  follow(over: ISelection | null, chosen: ISelection | null): boolean {
    const { ordinal } = this.data.scope.application;
    const ours = (s: ISelection | null): ISelection | null =>
      s?.application === ordinal ? s : null;
    const [h, c] = [ours(over), ours(chosen)];
    this.over = this.frameOf(h);
    this.chosen = this.frameOf(c);
    // A task lights up by its frame; dimming all others at every move of the
    // mouse would flicker.
    const stageOf = (s: ISelection | null): string | null =>
      s && s.taskRow === undefined ? (s.stageKey ?? null) : null;
    const before = this.stageKey;
    this.stageKey = stageOf(h) ?? stageOf(c);
    return this.stageKey !== before;
  }

  private frameOf(selection: ISelection | null): IFramed | null {
    const row = selection?.taskRow;
    if (row === undefined) {
      return null;
    }
    const { lanes } = this.data.lanes;
    const here = this.cursor;
    const place =
      here && lanes[here.lane]?.rows[here.i] === row
        ? here
        : placeOf(lanes, row);
    return place
      ? framed(lanes, place.lane, place.i, place.i + 1, this.data.now)
      : null;
  }

  /** The pointer is at a pixel of the plot. */
  hoverAt(x: number, y: number): void {
    const found = this.picture.hitAt(x, y);
    if (!found) {
      this.leave();
      return;
    }
    const box = this.picture.plot.getBoundingClientRect();
    const [left, top] = [box.left + x, box.top + y];
    const { trans } = this;
    if (found.kind === 'stage') {
      const { stage, from, to } = found.band;
      const application = this.data.scope.application.ordinal;
      hover({ application, stageKey: stage.key });
      this.tooltip.show(
        <StageCard stage={stage} durationMs={to - from} trans={trans} />,
        left,
        top
      );
      return;
    }
    const { lane, first, last } = found.hit;
    if (last - first === 1) {
      this.cursor = { lane: found.lane, i: first };
      this.showTask(lane.rows[first]!, left, top);
      return;
    }
    hover(null);
    const { lanes } = this.data.lanes;
    this.over = framed(lanes, found.lane, first, last, this.data.now);
    this.host.redraw();
    const facts = stretchFacts(lane, first, last);
    this.tooltip.show(<StretchCard facts={facts} trans={trans} />, left, top);
  }

  /** The pointer points at nothing any more. */
  leave(): void {
    this.tooltip.hide();
    this.over = null;
    hover(null);
    this.host.redraw();
  }

  /** Choose what lies at a pixel, or nothing. */
  chooseAt(x: number, y: number): void {
    const found = this.picture.hitAt(x, y);
    if (found?.kind === 'stage') {
      const application = this.data.scope.application.ordinal;
      select({ application, stageKey: found.band.stage.key });
    } else if (found && found.hit.last - found.hit.first === 1) {
      const { lane, first } = found.hit;
      this.cursor = { lane: found.lane, i: first };
      select(this.selectionOf(lane.rows[first]!));
    } else {
      select(null);
    }
  }

  /** Choose the task at which the keyboard is. */
  chooseCurrent(): void {
    const place = this.place();
    const row = place ? this.data.lanes.lanes[place.lane]?.rows[place.i] : -1;
    if (place && row !== undefined && row >= 0) {
      select(this.selectionOf(row));
    }
  }

  /** @returns whether there was anything to let go. */
  clear(): boolean {
    const any = this.tooltip.isShown || selected.peek() !== null;
    this.leave();
    this.cursor = null;
    select(null);
    return any;
  }

  /** Go to the next or previous task of the lane. */
  step(by: 1 | -1): void {
    const place = this.place();
    if (place) {
      this.goTo(place.lane, this.cursor ? place.i + by : place.i);
    }
  }

  /** Go to the task at the same time in the next lane that has any. */
  stepLane(by: 1 | -1): void {
    const { lanes } = this.data.lanes;
    const place = this.place();
    if (!place) {
      return;
    }
    if (!this.cursor) {
      this.goTo(place.lane, place.i);
      return;
    }
    const time = lanes[place.lane]!.starts[place.i]!;
    for (let lane = place.lane + by; lanes[lane]; lane += by) {
      if (lanes[lane]!.count > 0) {
        this.goTo(lane, nearestTask(lanes[lane]!, time));
        return;
      }
    }
  }

  /** Where the keyboard is, else the chosen task, else the first in view. */
  private place(): IPlace | null {
    const { lanes } = this.data.lanes;
    const at = this.cursor;
    if (at && lanes[at.lane] && at.i < lanes[at.lane]!.count) {
      return at;
    }
    const row = selected.peek()?.taskRow;
    const chosen = row === undefined ? null : placeOf(lanes, row);
    if (chosen) {
      return chosen;
    }
    const lane = lanes.findIndex(columns => columns.count > 0);
    const from = this.picture.from;
    return lane < 0 ? null : { lane, i: nearestTask(lanes[lane]!, from) };
  }

  private goTo(lane: number, i: number): void {
    const columns = this.data.lanes.lanes[lane];
    if (!columns || i < 0 || i >= columns.count) {
      return;
    }
    this.cursor = { lane, i };
    const row = columns.rows[i]!;
    const { now } = this.data;
    const start = columns.starts[i]!;
    this.picture.revealLane(lane);
    this.host.reveal(start, Math.min(columns.ends[i]!, now));
    const { x, y } = this.picture.pointOf(lane, start);
    this.showTask(row, x, y);
    const facts = taskFacts(this.data.scope.application, row, now);
    this.host.say(taskSentence(facts, this.trans));
  }

  private showTask(row: number, x: number, y: number): void {
    const { application } = this.data.scope;
    const facts = taskFacts(application, row, this.data.now);
    hover(this.selectionOf(row));
    const origin = this.data.lanes.from;
    this.tooltip.show(
      <TaskCard facts={facts} origin={origin} trans={this.trans} />,
      x,
      y
    );
  }

  private selectionOf(row: number): ISelection {
    const { application } = this.data.scope;
    const stage = application.stageList[application.tasks.stage[row]!];
    return {
      application: application.ordinal,
      stageKey: stage?.key,
      taskRow: row
    };
  }
}
