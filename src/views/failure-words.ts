import type { FailureKind, IFailure } from '../analysis/failure';
import type { ITranslation } from '../draw/words';

/** What a failure means and what to do, in a sentence or two. */
export function failureAdvice(kind: FailureKind, trans: ITranslation): string {
  switch (kind) {
    case 'cancelled':
      return trans.__(
        'Somebody or something cancelled the job. Nothing is wrong; run the cell again if you still need it.'
      );
    case 'superseded':
      return trans.__(
        'Nothing is wrong: another copy of this task was faster, or its stage had all it needed.'
      );
    case 'stageFailed':
      return trans.__(
        'This task was stopped because another task of its stage had failed too often. Look at that one.'
      );
    case 'memory':
      return trans.__(
        'A task held more data than the memory it has. Make partitions smaller (repartition to more), select fewer columns, or give executors more memory.'
      );
    case 'disk':
      return trans.__(
        'The disk for shuffled and spilled data is full. Free some space, or filter and aggregate earlier so that less is moved.'
      );
    case 'resultSize':
      return trans.__(
        'More rows came back to the driver than it accepts. Aggregate or take a part (limit, sample), or write the result to files.'
      );
    case 'serialisation':
      return trans.__(
        'Spark could not pack something your function uses to send it to the executors, such as an open file, a connection or the Spark session. Create it inside the function.'
      );
    case 'shuffleLost':
      return trans.__(
        'Rows that an earlier stage had written were gone, mostly because their executor was lost. Spark runs that stage again by itself; if it keeps happening, look at why executors die.'
      );
    case 'executorLost':
      return trans.__(
        'The process that ran the task died; too little memory is the usual reason. Spark tries again on another one.'
      );
    case 'workerCrash':
      return trans.__(
        'The Python process that ran your function died without a word; too little memory or a library written in C are the usual reasons.'
      );
    case 'missingFile':
      return trans.__(
        'A file was not there when the task wanted to read it. Check the path, and whether another cell writes to it or removes it.'
      );
    case 'python':
      return trans.__(
        'Your Python function raised this error for at least one row. Spark tries a task several times before it gives up, so the same row fails each time.'
      );
    case 'other':
      return trans.__(
        'The full text below says more; the first lines are the ones to read.'
      );
  }
}

/** Where in the user's code an error was raised; null when that is not known. */
export function placeWords(
  { place }: IFailure,
  trans: ITranslation
): string | null {
  if (!place) {
    return null;
  }
  return place.isCell
    ? trans.__('line %1 of the cell', place.line)
    : trans.__('%1, line %2', place.file, place.line);
}
