import type { Advice } from '../../analysis/advice';
import type { ITranslation } from '../../draw/words';
import { streamExplanation } from './stream-words';

/** Why it matters and what to try, for someone who meets it the first time. */
export function explanationOf(advice: Advice, trans: ITranslation): string {
  switch (advice.rule) {
    case 'skew':
      return trans.__(
        'Rows with the same key go to the same partition. When one key is much more frequent than the others, its task works on while the other cores wait. Split the frequent key: add up before the shuffle, or add a second, random part to the key.'
      );
    case 'tinyTasks':
      return trans.__(
        'Every task has to be sent out, started and reported back, whatever it does. Two or three tasks a core are enough; the setting or number below cuts the same work into fewer pieces.'
      );
    case 'fewPartitions':
      return trans.__(
        'One task works on one partition, on one core. With more partitions than cores all of them have work. A compressed text file or a small file is one partition until it is told otherwise.'
      );
    case 'spill':
      return trans.__(
        'Sorting, joining and grouping keep rows in memory. What does not fit is written to disk and read again later. Smaller partitions need less memory each; fewer columns help as well.'
      );
    case 'gc':
      return trans.__(
        'While the Java machine looks for memory to free, tasks stand still. More memory for the process helps, and so does keeping less: cache only what is used again, and release it with unpersist(). The memory is set before Spark starts.'
      );
    case 'rereadSource':
      return trans.__(
        'A DataFrame is a recipe, not data: every action starts again at the files. cache() keeps the rows after the first action. Call unpersist() when they are no longer needed.'
      );
    case 'unusedCache':
      return trans.__(
        'Keeping data takes memory, and time to put it there. It pays only when a second action uses it. Leave cache() out, or release the data with unpersist().'
      );
    case 'cartesian':
      return trans.__(
        'Without a condition of equal columns Spark has to try every pair, so twice the rows take four times as long. Join by a key that both sides have. If all combinations are really wanted, keep both sides small.'
      );
    case 'bigCollect':
      return trans.__(
        'What is collected leaves the executors and has to fit into the notebook’s own memory. To look at it a few rows do; to keep it, write it to files; to sum it up, let Spark do that first.'
      );
    case 'pythonUdf':
      return advice.builtIn === null
        ? trans.__(
            'Each row is packed, sent to a Python process and back, and Spark cannot look into the function. Look for a function in pyspark.sql.functions that does it; if there is none, a pandas function takes many rows at once.'
          )
        : trans.__(
            'Each row is packed, sent to a Python process and back, and Spark cannot look into the function. Judging by its name, a function of pyspark.sql.functions may do the same.'
          );
    case 'broadcast':
      return trans.__(
        'For a join Spark usually moves the rows of both tables so that equal keys meet. When one table is small, a copy of it on every executor is enough, and the large one stays where it is.'
      );
    case 'driverIdle':
      return trans.__(
        'While Python works in the cell, all executors wait. A loop that asks Spark again and again can often be one query that groups by the loop’s variable, and work on rows can be done by Spark itself.'
      );
    case 'failedTasks':
      return failureWords(advice, trans);
    case 'smallFiles':
      return advice.isWrite
        ? trans.__(
            'Every task writes a file of its own in every folder it has rows for. Bring the rows that belong together into one partition first: whoever reads the files later opens far fewer.'
          )
        : trans.__(
            'Each file has to be found, opened and closed; Spark reckons that this costs as much as reading 4 MiB. Write the data once into fewer, larger files, and read those.'
          );
    default:
      return streamExplanation(advice, trans);
  }
}

function failureWords(
  advice: Advice & { rule: 'failedTasks' },
  trans: ITranslation
): string {
  switch (advice.failure) {
    case 'memory':
    case 'executorLost':
    case 'workerCrash':
      return trans.__(
        'Spark tries a task again, by default four times in all, and then gives up the job. A task that dies for want of memory needs smaller partitions or more memory, or it will fail again.'
      );
    case 'python':
      return trans.__(
        'Spark tries a task again, by default four times in all, and then gives up the job. The error comes from the cell’s own function: let it deal with the rows that it cannot read, and look at its error in the table of tasks.'
      );
    default:
      return trans.__(
        'Spark tries a task again, by default four times in all, and then gives up the job. This time it went well; the error in the table of tasks says what went wrong.'
      );
  }
}
