import type { StreamAdvice } from '../../analysis/advice';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatShare
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';

/** What was found of a streaming query, in one line. */
export function streamTitle(advice: StreamAdvice, trans: ITranslation): string {
  const name = advice.about.query?.label ?? '';
  switch (advice.rule) {
    case 'fallingBehind':
      return trans.__('Query “%1” falls behind', name);
    case 'tinyBatches':
      return trans.__('Query “%1” works in tiny batches', name);
    case 'noWatermark':
      return trans.__('Query “%1” keeps state without a watermark', name);
    case 'growingState':
      return trans.__('The state of query “%1” only grows', name);
    case 'statePartitions':
      return trans.__(
        'The state of query “%1” is cut into %2 partitions',
        name,
        formatCount(advice.partitions)
      );
    case 'notStopped':
      return trans.__('Nobody stopped query “%1”', name);
    case 'sharedCheckpoint':
      return trans.__('Query “%1” shares its checkpoint with another', name);
  }
}

/** What shows it, in one sentence. */
export function streamEvidence(
  advice: StreamAdvice,
  trans: ITranslation
): string {
  switch (advice.rule) {
    case 'fallingBehind':
      return advice.backlogRows === null
        ? trans.__(
            'Over its last %1 batches the time of a batch went from %2 to %3: %4 rows arrive a second, and it gets through %5.',
            advice.batches,
            formatDuration(advice.firstMs),
            formatDuration(advice.lastMs),
            formatNumber(advice.inputRate),
            formatNumber(advice.processedRate)
          )
        : trans.__(
            'After each of its last %1 batches more rows waited than before, now %2: %3 arrive a second, and it gets through %4.',
            advice.batches,
            formatCount(advice.backlogRows),
            formatNumber(advice.inputRate),
            formatNumber(advice.processedRate)
          );
    case 'tinyBatches':
      return trans.__(
        'Half of its %1 batches had at most %2 rows and took at most %3; it works %4 of the time.',
        formatCount(advice.batches),
        formatCount(advice.medianRows),
        formatDuration(advice.medianMs),
        formatShare(advice.busyShare)
      );
    case 'noWatermark':
      return trans._n(
        '%1 row is kept so far, and nothing in the plan says when one is too old to be needed: %2.',
        '%1 rows are kept so far, and nothing in the plan says when one is too old to be needed: %2.',
        advice.stateRows,
        keptWords(advice.state, trans)
      );
    case 'growingState':
      return trans.__(
        'In %1 batches it went from %2 to %3 rows (%4), and not one was removed: %5.',
        formatCount(advice.batches),
        formatCount(advice.fromRows),
        formatCount(advice.stateRows),
        formatBytes(advice.stateBytes),
        whyWords(advice, trans)
      );
    case 'statePartitions':
      return trans.__(
        'It holds at most %1 rows; half of the batches took at most %2, most of it for opening and saving partitions. %3 would do.',
        formatCount(advice.stateRows),
        formatDuration(advice.medianMs),
        formatCount(advice.enough)
      );
    case 'notStopped':
      return notStoppedEvidence(advice, trans);
    case 'sharedCheckpoint':
      return advice.other === null
        ? trans.__(
            'It failed because another program wrote to its checkpoint at the same time.'
          )
        : advice.tookIt
          ? trans.__(
              'It was started with the checkpoint of “%1”, which Spark therefore stopped.',
              advice.other
            )
          : trans.__(
              'It was stopped just when “%1” was started with the same checkpoint.',
              advice.other
            );
  }
}

/** Why it matters and what to try, for someone who meets it the first time. */
export function streamExplanation(
  advice: StreamAdvice,
  trans: ITranslation
): string {
  switch (advice.rule) {
    case 'fallingBehind':
      return trans.__(
        'While a batch is worked on, the next rows arrive. When they are more than it gets through in that time, every result comes later than the one before, until memory or patience ends. Make the work on a row cheaper, give it more cores, or let a batch take only so many rows and the rest wait where it comes from.'
      );
    case 'tinyBatches':
      return trans.__(
        'Every batch is planned, written into the checkpoint twice and sent out as tasks, however few rows it has. Without a trigger the next one begins at once. With a trigger rows gather for a while: each result comes a little later, and the same rows take a fraction of the work.'
      );
    case 'noWatermark':
      return trans.__(
        'To go on in the next batch Spark keeps what it has counted, seen or not yet joined. A watermark says how late rows may come; what is older is finished, given out and removed. Without one everything is kept for ever, every batch saves more of it, and one day memory ends.'
      );
    case 'growingState':
      return trans.__(
        'A watermark removes old rows only when it can tell that they are old: the event time must be part of the key (or of its window), the output mode must not ask for all results again, and the delay must pass. Otherwise memory and every save grow until the query fails.'
      );
    case 'statePartitions':
      return trans.__(
        'Each partition of the state is opened, written and saved in every batch, even when it is empty. The default of 200 suits a cluster. The number is written into the checkpoint: a change counts only for a query that starts with a new one, so set it before.'
      );
    case 'notStopped':
      return trans.__(
        'A query runs on when its cell is done, with memory and cores of its own. Stop it with query.stop() when it is no longer needed, and before Spark or the kernel ends: then its checkpoint is in order.'
      );
    case 'sharedCheckpoint':
      return trans.__(
        'The checkpoint is the memory of one query: how far it has read, and its state. A second query with the same folder takes its place or spoils it; Spark stops the first without a word, or one of the two fails. Give each query a folder of its own.'
      );
  }
}

function notStoppedEvidence(
  advice: StreamAdvice & { rule: 'notStopped' },
  trans: ITranslation
): string {
  const batches = formatCount(advice.batches);
  switch (advice.why) {
    case 'ended':
      return trans.__(
        'Spark ended while it ran, after %1 batches: what it was working on is lost or done again.',
        batches
      );
    case 'again':
      return trans.__(
        'An earlier run of this cell started it, and it still runs beside the new one: so far %1 batches.',
        batches
      );
    case 'idle':
      return trans.__(
        'It has had nothing to do for %1, after %2 batches, and still asks its source for rows.',
        formatDuration(advice.idleMs ?? 0),
        batches
      );
  }
}

function keptWords(
  state: (StreamAdvice & { rule: 'noWatermark' })['state'],
  trans: ITranslation
): string {
  switch (state) {
    case 'window':
      return trans.__('every window stays open');
    case 'keys':
      return trans.__('each batch brings new keys');
    case 'distinct':
      return trans.__('every row that was ever seen is remembered');
    case 'join':
      return trans.__('rows of both sides wait for a match for ever');
  }
}

function whyWords(
  advice: StreamAdvice & { rule: 'growingState' },
  trans: ITranslation
): string {
  switch (advice.why) {
    case 'complete':
      return trans.__('output mode “complete” needs all of them');
    case 'key':
      return trans.__('its key has no event time, so none is ever old');
    case 'delay':
      return trans.__(
        'its watermark waits %1 for late rows',
        formatDuration(advice.delayMs ?? 0)
      );
  }
}
