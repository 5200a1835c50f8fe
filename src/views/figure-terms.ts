import type { StageSortKey } from '../analysis/stage-table';
import type { TaskColumn } from '../analysis/task-columns';
import type { ITranslation } from '../draw/words';
import type { ITerm } from './timeline/terms';

/** A figure that a table has a column for. */
export type Figure = StageSortKey | TaskColumn;

/** A figure's column head, what it is, and what good looks like. */
export function figureTerm(figure: Figure, trans: ITranslation): ITerm {
  return (
    identityTerm(figure, trans) ??
    timeTerm(figure, trans) ??
    dataTerm(figure, trans)
  );
}

function identityTerm(figure: Figure, trans: ITranslation): ITerm | null {
  switch (figure) {
    case 'stage':
      return {
        name: trans.__('Stage'),
        what: trans.__(
          'A part of a job that runs without moving rows between tasks; .1 means that it was run again.'
        ),
        good: trans.__(
          'Good is few of them: every stage more is one more time all rows are moved.'
        )
      };
    case 'title':
      return {
        name: trans.__('What it does'),
        what: trans.__(
          'Where the stage takes its rows from and where they go, and the call in your code that asked for it.'
        ),
        good: trans.__(
          'A shuffle moves every row to the task that needs it; the fewer, the better.'
        )
      };
    case 'tasks':
      return {
        name: trans.__('Tasks'),
        what: trans.__(
          'How many tasks have succeeded, of how many. A task does the work of the stage for one partition of the rows.'
        ),
        good: trans.__(
          'Good is two to four tasks for each core, and none failed.'
        )
      };
    case 'state':
      return {
        name: trans.__('State'),
        what: trans.__(
          'Whether it waits, runs, is done, failed or was stopped.'
        ),
        good: trans.__(
          'Skipped is good: the result of an earlier run was still there.'
        )
      };
    case 'taskId':
      return {
        name: trans.__('Task'),
        what: trans.__('The number Spark gave this attempt of a task.'),
        good: trans.__('Numbers rise in the order in which tasks were started.')
      };
    case 'index':
      return {
        name: trans.__('Index'),
        what: trans.__('The task’s place in its stage, counted from 0.'),
        good: trans.__('Each index must succeed once.')
      };
    case 'attempt':
      return {
        name: trans.__('Attempt'),
        what: trans.__('How often this task had been tried before.'),
        good: trans.__('Good is 0: it went well the first time.')
      };
    case 'executor':
      return {
        name: trans.__('Executor'),
        what: trans.__('The process that ran the task.'),
        good: trans.__('Good is when all of them get about as many tasks.')
      };
    case 'host':
      return {
        name: trans.__('Host'),
        what: trans.__('The machine that ran the task.'),
        good: trans.__('Good is when no machine is slower than the others.')
      };
    case 'locality':
      return {
        name: trans.__('Locality'),
        what: trans.__(
          'How near the task was to its data: in the same process, on the same machine, in the same rack, or anywhere.'
        ),
        good: trans.__('Good is PROCESS_LOCAL or NODE_LOCAL.')
      };
    case 'error':
    case 'failure':
      return {
        name: trans.__('Error'),
        what: trans.__('The line of the error that says most.'),
        good: trans.__('Good is none. Choose the row to read all of it.')
      };
    default:
      return null;
  }
}

function timeTerm(figure: Figure, trans: ITranslation): ITerm | null {
  switch (figure) {
    case 'launchTime':
      return {
        name: trans.__('Start'),
        what: trans.__(
          'When the task was started, counted from the first one.'
        ),
        good: trans.__('Good is when as many start at once as there are cores.')
      };
    case 'durationMs':
      return {
        name: trans.__('Duration'),
        what: trans.__('How long it took, from start to end.'),
        good: trans.__(
          'Good is tasks of about the same length, between 100 ms and a minute.'
        )
      };
    case 'schedulerDelayMs':
      return {
        name: trans.__('Scheduler delay'),
        what: trans.__(
          'Time that the executor did not account for: the task was on its way to the core, or its result on the way back.'
        ),
        good: trans.__('Good is a few milliseconds.')
      };
    case 'deserializeTimeMs':
      return {
        name: trans.__('Deserialisation'),
        what: trans.__(
          'Unpacking the task’s code and data before it can start.'
        ),
        good: trans.__(
          'Good is a few milliseconds; the first tasks of an executor take longer.'
        )
      };
    case 'runTimeMs':
      return {
        name: trans.__('Run time'),
        what: trans.__(
          'Time in which the executor worked on the task: reading, computing and writing.'
        ),
        good: trans.__('Good is when this is nearly all of the duration.')
      };
    case 'gcTimeMs':
    case 'gcShare':
      return {
        name: trans.__('GC'),
        what: trans.__(
          'Garbage collection: Java stopped the tasks to clear memory.'
        ),
        good: trans.__(
          'Good is under 10 % of the run time. More means too little memory for what the tasks hold.'
        )
      };
    case 'resultSerializationTimeMs':
      return {
        name: trans.__('Result serialisation'),
        what: trans.__('Packing the result to send it to the driver.'),
        good: trans.__('Good is next to nothing.')
      };
    case 'gettingResultMs':
      return {
        name: trans.__('Getting result'),
        what: trans.__(
          'The driver fetched a result that was too large to come with the task’s last message.'
        ),
        good: trans.__('Good is none: collect less, or write to files.')
      };
    case 'shuffleFetchWaitTimeMs':
      return {
        name: trans.__('Shuffle wait'),
        what: trans.__(
          'Time in which the task waited for rows from an earlier stage to arrive.'
        ),
        good: trans.__('Good is next to nothing.')
      };
    case 'shuffleWriteTimeNs':
      return {
        name: trans.__('Shuffle write time'),
        what: trans.__('Time the task spent writing rows for the next stage.'),
        good: trans.__('Good is a small part of the run time.')
      };
    default:
      return null;
  }
}

function dataTerm(figure: Figure, trans: ITranslation): ITerm {
  switch (figure) {
    case 'inputBytes':
      return {
        name: trans.__('Input'),
        what: trans.__('What was read from files or from cached data.'),
        good: trans.__(
          'Good is about 100 MiB a task. Select fewer columns and filter early to read less.'
        )
      };
    case 'inputRecords':
      return {
        name: trans.__('Input rows'),
        what: trans.__('How many rows were read from files or cached data.'),
        good: trans.__('Good is about as many for every task.')
      };
    case 'outputBytes':
      return {
        name: trans.__('Output'),
        what: trans.__('What was written to files.'),
        good: trans.__(
          'Good is files of 100 MiB or more, not thousands of tiny ones.'
        )
      };
    case 'outputRecords':
      return {
        name: trans.__('Output rows'),
        what: trans.__('How many rows were written to files.'),
        good: trans.__('Good is about as many for every task.')
      };
    case 'shuffleReadBytes':
      return {
        name: trans.__('Shuffle read'),
        what: trans.__('Rows taken over from the tasks of an earlier stage.'),
        good: trans.__(
          'Good is little, and about as much for every task; one task with much more has a crowded key.'
        )
      };
    case 'shuffleRecordsRead':
      return {
        name: trans.__('Shuffle read rows'),
        what: trans.__('How many rows were taken over from an earlier stage.'),
        good: trans.__('Good is about as many for every task.')
      };
    case 'shuffleWriteBytes':
    case 'shuffleBytesWritten':
      return {
        name: trans.__('Shuffle write'),
        what: trans.__('Rows written to disk for the tasks of the next stage.'),
        good: trans.__(
          'Good is little: filter and aggregate before a join or a grouping.'
        )
      };
    case 'shuffleRecordsWritten':
      return {
        name: trans.__('Shuffle write rows'),
        what: trans.__('How many rows were written for the next stage.'),
        good: trans.__('Good is fewer than were read.')
      };
    case 'memoryBytesSpilled':
      return {
        name: trans.__('Spill (in memory)'),
        what: trans.__(
          'The size in memory of the rows that did not fit and went to disk.'
        ),
        good: trans.__('Good is none: use more and smaller partitions.')
      };
    case 'diskSpillBytes':
    case 'diskBytesSpilled':
      return {
        name: trans.__('Spill'),
        what: trans.__(
          'Rows that did not fit into memory and had to go to disk and back.'
        ),
        good: trans.__(
          'Good is none: use more and smaller partitions, or give executors more memory.'
        )
      };
    default:
      return {
        name: trans.__('Peak memory'),
        what: trans.__(
          'The most memory the task held for sorting, joining and aggregating.'
        ),
        good: trans.__(
          'Good is well below what an executor has for each of its cores.'
        )
      };
  }
}
