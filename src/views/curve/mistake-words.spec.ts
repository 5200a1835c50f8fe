import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill, plainWords, type ITranslation } from '../../draw/words';
import { mistakeSentence, SENTENCES } from './mistake-words';

const FOLDER = join(__dirname, '..', '..', '..', 'sparkglass', 'learning');

/** All that the kernel's side says, its strings joined as Python joins them, with a place for each value. */
const said = readdirSync(FOLDER)
  .filter(name => name.endsWith('.py'))
  .map(name => readFileSync(join(FOLDER, name), 'utf8'))
  .join('\n')
  .replace(/"\s*\n\s*f?"/g, '')
  .replace(/\{[^{}"]*\}/g, '…');

const shouting: ITranslation = {
  ...plainWords,
  __: (words, ...parts) => fill(words.toUpperCase(), parts)
};

test.each(SENTENCES.map(sentence => sentence(plainWords)))(
  'the kernel says so: %s',
  words => {
    expect(said).toContain(words.replace(/%\d/g, '…'));
  }
);

test('what differs from case to case is kept', () => {
  expect(
    mistakeSentence(
      'batch 7 comes with a new SGDClassifier, Perceptron that has learnt nothing: the model of the batch before is lost. ' +
        'Make the model and each_batch once, before the query starts.',
      shouting
    )
  ).toMatch(
    /^BATCH 7 COMES WITH A NEW SGDClassifier, Perceptron THAT HAS LEARNT/
  );
});

test('what the page does not know stays as it is', () => {
  const words = 'a callback of on_scored failed: ValueError: no';
  expect(mistakeSentence(words, shouting)).toBe(words);
});
