import { plainWords, type ITranslation } from '../../draw/words';

/** What the kernel says of a mistake, a sentence each, with what differs from case to case. */
type Sentence = (trans: ITranslation, ...parts: string[]) => string;

export const SENTENCES: readonly Sentence[] = [
  (trans, ...parts) =>
    trans.__(
      '%1 is scored on rows that it was fitted on: they say nothing of how it does on new ones.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      '%1 has learnt between two batches, outside of each_batch. If it has learnt the rows that are scored now, its errors are too low: let each_batch do the learning.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      'batch %1 was delivered again, as foreachBatch may do after a restart. It is drawn, and not learnt a second time.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      'batch %1 comes with a new %2 that has learnt nothing: the model of the batch before is lost. Make the model and each_batch once, before the query starts.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      '%1 rows so far all have the label %2: %3 cannot be told from one that always says so. Shuffle the rows, or let them come in another order.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      '%1 was to be fitted on %2 rows that all have the label %3; it waits for another class.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      'none of the %1 rows of batch %2 has a label in %3: nothing is scored or learnt.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      '%1 keeps the newest %2 rows for its fits; older ones are let go.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      'the label %1 (%2) is not among the classes that were named; it is added.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      'batch %1 was delivered again, as foreachBatch may do after a restart: its rows keep what was predicted of them, and its labels count once.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      '%1 awaits the labels of the newest %2 rows; older ones are let go, and not scored.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      '%1 has predicted two rows of one key while their labels are awaited: the first counts. Give each row a key of its own.',
      ...parts
    ),
  (trans, ...parts) =>
    trans.__(
      '%1 of the labels that came for %2 are of no row that awaits one: it was never predicted, or has its label. They are left out.',
      ...parts
    )
];

let patterns: readonly RegExp[] | null = null;

/** How a sentence looks with anything in its places, which come in their order in English. */
function patternOf(sentence: Sentence): RegExp {
  const literal = sentence(plainWords).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/%\d/g, '(.+?)')}$`);
}

/** What the kernel says of a mistake in the words of the page; a sentence that the page does not know as it is. */
export function mistakeSentence(detail: string, trans: ITranslation): string {
  patterns ??= SENTENCES.map(patternOf);
  for (const [i, pattern] of patterns.entries()) {
    const found = pattern.exec(detail);
    if (found) {
      return SENTENCES[i]!(trans, ...found.slice(1));
    }
  }
  return detail;
}
