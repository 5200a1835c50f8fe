import {
  stageBands,
  stagesShown,
  type IStageBand
} from '../../analysis/stage-bands';
import { taskFacts } from '../../analysis/task-facts';
import {
  TimelineLanes,
  type ITimelineScope
} from '../../analysis/timeline-lanes';
import { laneTable, longestTasks } from '../../analysis/timeline-table';
import {
  judgeTimeline,
  StragglerSearch,
  timelineEnd,
  type ITimelineVerdict
} from '../../analysis/timeline-verdict';
import type { ITranslation } from '../../draw/words';
import { stateWords, taskTitle } from './fact-words';
import type { ShellState } from './shell';
import type { MarkName } from './terms';
import { verdictWords } from './verdict-words';

/** How often figures in words are renewed, and the tables nobody sees, in ms. */
const VERDICT_MS = 250;
const TABLE_MS = 1000;

/**
 * What a timeline is of, and what follows from it: lanes, bands, the verdict.
 * Each is renewed no more often than it can be read.
 */
export class TimelineData {
  readonly lanes: TimelineLanes;
  bands: readonly IStageBand[] = [];
  scope: ITimelineScope;

  private readonly stragglers = new StragglerSearch();
  private isStale = true;
  /** The newest driver time heard of, and when that was on our clock. */
  private heard = 0;
  private heardAt = 0;
  private verdictAt = -Infinity;
  private tableAt = -Infinity;

  /** @param clock - milliseconds that only go forward, such as `performance.now`. */
  constructor(
    scope: ITimelineScope,
    private readonly clock: () => number
  ) {
    this.scope = scope;
    this.lanes = new TimelineLanes(scope);
  }

  /** The model changed; nothing is computed before {@link refresh}. */
  hear(scope: ITimelineScope): void {
    this.scope = scope;
    this.isStale = true;
    // The model may have changed elsewhere: only newer driver time sets its clock.
    if (scope.application.now !== this.heard) {
      this.heard = scope.application.now;
      this.heardAt = this.clock();
    }
  }

  /** Driver time: the newest heard, and what has passed since while tasks run. */
  get now(): number {
    const { application } = this.scope;
    const lives = this.lanes.running > 0 && application.endTime === null;
    return application.now + (lives ? this.clock() - this.heardAt : 0);
  }

  /** When the timeline ends for now. */
  get end(): number {
    return Math.max(timelineEnd(this.lanes, this.now), this.lanes.from + 1);
  }

  /** Take in what is new. */
  refresh(): void {
    if (this.isStale) {
      this.isStale = false;
      this.lanes.update(this.scope);
    }
    this.bands = stageBands(this.stages, this.now);
  }

  private get stages(): ReturnType<typeof stagesShown> {
    return stagesShown(this.scope.application, this.scope.stages);
  }

  /** How long until the words may be renewed again; 0 for at once. */
  get wordsIn(): number {
    return Math.max(0, this.verdictAt + VERDICT_MS - this.clock());
  }

  /**
   * Renew verdict, legend and tables.
   *
   * @returns the verdict in words.
   */
  renewWords(shell: ShellState, trans: ITranslation): string {
    const at = this.clock();
    this.verdictAt = at;
    const { now, lanes } = this;
    const { application } = this.scope;
    const straggler = this.stragglers.worst(application, this.stages, now);
    const dropped = this.stages.reduce((sum, s) => sum + s.droppedRows, 0);
    const verdict = judgeTimeline(lanes, now, straggler, dropped);
    shell.isEmpty.value = lanes.count === 0;
    shell.dropped.value = dropped;
    shell.verdict.value = verdictWords(verdict, trans);
    shell.phaseShares.value = verdict.phaseShares;
    shell.gcShare.value = verdict.gcShare;
    const marks = this.marksOf(verdict);
    if (marks.join() !== shell.marks.peek().join()) {
      shell.marks.value = marks;
    }
    if (verdict.running === 0 || at - this.tableAt >= TABLE_MS) {
      this.tableAt = at;
      shell.lanes.value = laneTable(lanes, now);
      const longest = longestTasks(application, lanes.lanes, now);
      shell.longest.value = longest.map(row => {
        const facts = taskFacts(application, row, now);
        return {
          key: row,
          title: taskTitle(facts, trans),
          durationMs: facts.durationMs,
          state: stateWords(facts, trans)
        };
      });
    }
    return shell.verdict.value;
  }

  private marksOf(verdict: ITimelineVerdict): MarkName[] {
    const copies = this.stages.some(stage => stage.speculation.numTasks > 0);
    const occurs: readonly (readonly [MarkName, boolean])[] = [
      ['gc', verdict.gcShare >= 0.005],
      ['running', verdict.running > 0],
      ['failed', verdict.failed > 0],
      ['killed', verdict.killed > 0],
      ['speculative', copies]
    ];
    return occurs.filter(([, is]) => is).map(([mark]) => mark);
  }
}
