import { languageOf } from './language';
import { polishForm, Words } from './words';

describe('Polish plurals', () => {
  it.each([
    [0, 2],
    [1, 0],
    [2, 1],
    [4, 1],
    [5, 2],
    [11, 2],
    [12, 2],
    [14, 2],
    [21, 2],
    [22, 1],
    [24, 1],
    [25, 2],
    [101, 2],
    [102, 1],
    [112, 2]
  ] as const)('%i takes form %i', (n, form) => {
    expect(polishForm(n)).toBe(form);
  });
});

describe('words', () => {
  it.each([
    ['default', 'auto', 'Timeline'],
    ['pl-PL', 'auto', 'Oś czasu'],
    ['pl_PL', 'auto', 'Oś czasu'],
    ['pl-PL', 'en', 'Timeline'],
    ['default', 'pl', 'Oś czasu'],
    // Polynesia is not Poland.
    ['plt-MG', 'auto', 'Timeline']
  ] as const)('JupyterLab %s, setting %s: %s', async (lab, chosen, word) => {
    const words = new Words(languageOf(chosen, lab));
    await words.load();
    expect(words.__('Timeline')).toBe(word);
  });

  it('fill their places, and pass on what has no translation', async () => {
    const words = new Words('pl');
    await words.load();
    expect(words.__('no such %1 in %2', 'word', 'here')).toBe(
      'no such word in here'
    );
    expect(words._n('%1 thing', '%1 things', 2)).toBe('2 things');
  });
});
