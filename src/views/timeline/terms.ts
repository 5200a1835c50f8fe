import type { PhaseName } from '../../draw/palette';
import type { ITranslation } from '../../draw/words';

/** Marks beside the phases that a timeline's legend explains. */
export type MarkName = 'gc' | 'running' | 'failed' | 'killed' | 'speculative';

/** A term: its name, what it is, and what good looks like. */
export interface ITerm {
  readonly name: string;
  readonly what: string;
  readonly good: string;
}

/** Explain a phase. */
export function phaseTerm(phase: PhaseName, trans: ITranslation): ITerm {
  switch (phase) {
    case 'scheduler-delay':
      return {
        name: trans.__('scheduler delay'),
        what: trans.__(
          'Time that the executor did not account for: the task was on its way to the core, or its result on the way back.'
        ),
        good: trans.__(
          'Good is a few milliseconds. Much of it means many very short tasks, or a driver that cannot keep up.'
        )
      };
    case 'deserialisation':
      return {
        name: trans.__('deserialisation'),
        what: trans.__(
          'Unpacking the task’s code and data on the executor before it can start.'
        ),
        good: trans.__(
          'Good is a few milliseconds; the first tasks of an executor take longer, as it loads classes.'
        )
      };
    case 'shuffle-read':
      return {
        name: trans.__('shuffle read wait'),
        what: trans.__(
          'The task waited for rows that tasks of an earlier stage had written to arrive.'
        ),
        good: trans.__(
          'Good is next to nothing. Much of it means a slow network or disk, or too much data to move.'
        )
      };
    case 'compute':
      return {
        name: trans.__('compute'),
        what: trans.__(
          'The work itself: your code and Spark’s operators going over the rows of one partition.'
        ),
        good: trans.__('Good is when this is nearly all of every bar.')
      };
    case 'shuffle-write':
      return {
        name: trans.__('shuffle write'),
        what: trans.__(
          'Writing rows to disk, sorted by which task of the next stage will need them.'
        ),
        good: trans.__(
          'Good is a small part of the bar. Filter and aggregate before a join or a grouping to write less.'
        )
      };
    case 'result-serialisation':
      return {
        name: trans.__('result serialisation'),
        what: trans.__('Packing the task’s result to send it to the driver.'),
        good: trans.__(
          'Good is next to nothing. Much of it means large results: collect less.'
        )
      };
    case 'getting-result':
      return {
        name: trans.__('getting result'),
        what: trans.__(
          'The driver fetched a result that was too large to come with the task’s last message.'
        ),
        good: trans.__(
          'Good is none at all. Collect less, or write the result to storage.'
        )
      };
  }
}

/** Explain a mark. */
export function markTerm(mark: MarkName, trans: ITranslation): ITerm {
  switch (mark) {
    case 'gc':
      return {
        name: trans.__('GC'),
        what: trans.__(
          'Garbage collection: Java stopped the task to clear memory. Its length is exact, its place in the bar is not known.'
        ),
        good: trans.__(
          'Good is under a tenth of the bar. More means too little memory for what the tasks hold.'
        )
      };
    case 'running':
      return {
        name: trans.__('running'),
        what: trans.__(
          'The task has not ended; its bar grows, and its phases become known at its end.'
        ),
        good: trans.__('Good is when every core has one.')
      };
    case 'failed':
      return {
        name: trans.__('failed'),
        what: trans.__(
          'This attempt ended with an error. Spark tries a task again, four times in all unless set otherwise.'
        ),
        good: trans.__('Good is none. Point at the bar to read the error.')
      };
    case 'killed':
      return {
        name: trans.__('killed'),
        what: trans.__(
          'This attempt was stopped: the job was cancelled, or another copy of the task was faster.'
        ),
        good: trans.__('Nothing to worry about unless you did not ask for it.')
      };
    case 'speculative':
      return {
        name: trans.__('speculative'),
        what: trans.__(
          'A second copy of a slow task, started in case it finishes first.'
        ),
        good: trans.__(
          'A few are fine. Many mean that some machine is slow or that partitions differ a lot in size.'
        )
      };
  }
}
