import { expect, test, type Locator, type Page } from '@playwright/test';
import { openLab, type ILab, type Language } from '../fixtures/lab';

// Each lab, from top to bottom, and then what it tells a student to look at. The odd ones in English, the even ones in Polish: their code
// is the same (`tests/test_labs.py`).

test.describe.configure({ timeout: 240_000 });

/** A lab that has run, but for the cell that stops Spark. */
class Ran {
  private constructor(private readonly lab: ILab) {}

  static async open(
    page: Page,
    name: string,
    language: Language
  ): Promise<Ran> {
    const lab = await openLab(page, name, language);
    await lab.run();
    return new Ran(lab);
  }

  /** The strip under a cell, in the middle of the screen. */
  async strip(id: string): Promise<Locator> {
    const at = this.lab.place(id);
    await this.lab.notebook.scrollTo(at);
    return this.lab.notebook.strip(at);
  }

  /** Expect the sentence of a cell's strip to say this. */
  async says(id: string, words: RegExp): Promise<void> {
    await expect(await this.strip(id)).toHaveAttribute('aria-label', words);
  }

  /** A tab of a cell's strip, opened by the name it has in the lab's language. */
  async tab(id: string, name: string): Promise<Locator> {
    const strip = await this.strip(id);
    const toggle = strip.locator('.jp-Sparkglass-stripToggle');
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') {
      await toggle.click();
    }
    await strip.getByRole('tab', { name, exact: true }).click();
    return strip.getByRole('tabpanel');
  }

  /** Expect the verdict of a tab to say this. */
  async verdict(id: string, name: string, words: RegExp): Promise<Locator> {
    const tab = await this.tab(id, name);
    await expect(tab.locator('.jp-Sparkglass-verdict')).toHaveText(words);
    return tab;
  }

  /** What a cell put out. */
  outputs(id: string): Promise<string> {
    return this.lab.notebook.outputs(this.lab.place(id));
  }

  /** The Spark panel. */
  async panel(): Promise<Locator> {
    await this.lab.notebook.command('sparkglass:show-panel');
    return this.lab.notebook.page.locator('#sparkglass-panel');
  }

  /** Run the last cell, and let the kernel go. */
  async end(): Promise<void> {
    await this.lab.run('stop');
    expect(await this.outputs('stop')).not.toContain('"error"');
    await this.lab.notebook.close();
  }
}

/** A share that a table says in per cent, in either language. */
const shareIn = async (cell: Locator): Promise<number> =>
  parseFloat((await cell.innerText()).replace(',', '.'));

test('01, en: plans, actions, stages, a shuffle, two busy cores, the same again', async ({
  page
}) => {
  const lab = await Ran.open(page, '01-first-look', 'en');
  await lab.says(
    'plan',
    /Nothing ran yet · digits: Relation; ink: Project; dark: Filter → Project$/
  );
  await lab.says('action', / 2 stages · 2 tasks · .*read 56.2 KiB/);
  const stages = await lab.tab('shuffle', 'Stages');
  // The shuffle is an arrow, with what moved.
  await expect(stages).toContainText(/\d KiB/);
  await lab.says('shuffle', /shuffled [\d.]+ KiB/);
  await lab.verdict('long', 'Timeline', /^16 tasks on 2 cores in .*busy \d+ %/);
  await lab.says('again', / 2 stages · 2 tasks · .*read 56.2 KiB/);
  await lab.end();
});

test('02, pl: narrow, wide, a partition that has nearly everything, and salt', async ({
  page
}) => {
  const lab = await Ran.open(page, '02-partitions-and-shuffles', 'pl');
  await lab.says('narrow', /1 job · 1 etap · 8 tasków/);
  const wide = await lab.tab('wide', 'Shuffle');
  await expect(wide).toContainText('8 tasków mapujących × 8 reducerów');
  // Nine tenths of the rows are the robot's.
  await lab.verdict('skew', 'Partycje', /^Partycja 5 ma 9\d % wierszy; /);
  await lab.verdict('skew', 'Shuffle', /^Reducer 5 otrzymuje 89 % /);
  const salt = await lab.tab('salt', 'Partycje');
  await expect(salt.locator('.jp-Sparkglass-verdict')).not.toHaveText(
    /(8|9)\d %/
  );
  await lab.end();
});

test('03, en: a cache, a plan that changes, partitions put together, every row with every row', async ({
  page
}) => {
  const lab = await Ran.open(page, '03-caching-and-plans', 'en');
  await lab.verdict('cached', 'Lineage', /^All 8 partitions came from memory/);
  const plan = await lab.tab('broadcast', 'Plan');
  await expect(plan).toContainText(/Plan (\d) of \1 · final/);
  await expect(plan).toContainText('BroadcastHashJoin');
  for (let i = 0; i < 8; i++) {
    const before = plan.getByRole('button', { name: 'The plan before' });
    if (await before.isDisabled()) {
      break;
    }
    await before.click();
  }
  await expect(plan).toContainText('SortMergeJoin');
  await lab.says('planned', / 204 tasks /);
  await lab.says('coalesced', / 5 tasks /);
  await lab.verdict('coalesced', 'Shuffles', /^193 of 200 reducers /);
  const advice = await lab.tab('cross', 'Advice');
  await expect(advice).toContainText(
    'A join compares every row with every row'
  );
  const panel = await lab.panel();
  await expect(panel).toContainText('Cached data');
  await lab.end();
});

test('04, pl: epochs, steps that are too large, and what a full retrain costs', async ({
  page
}) => {
  const lab = await Ran.open(page, '04-batch-learning', 'pl');
  await lab.verdict('perceptron', 'Krzywa', /^Perceptron: 0 po 10 epokach$/);
  const adaline = await lab.verdict(
    'adaline',
    'Krzywa',
    /^Na końcu najniżej: eta 0.01: 2,4479 po 20 epokach$/
  );
  await expect(adaline).toContainText('eta 0.0115: 864,96 po 20 epokach');
  await lab.verdict('sgd', 'Krzywa', /^Na końcu najniżej: each row: 0,0263 /);
  const costs = (await lab.tab('retrain', 'Krzywa')).getByRole('table', {
    name: 'Do czego doszedł każdy model i ile to kosztowało'
  });
  await expect(costs.getByRole('row', { name: /^fitted once / })).toContainText(
    '1250'
  );
  await expect(costs.getByRole('row', { name: /^fitted anew / })).toContainText(
    '18 750'
  );
  await lab.end();
});

test('05, en: batches, windows and late rows, the order of rows, the figure of the lecture', async ({
  page
}) => {
  const lab = await Ran.open(page, '05-online-learning', 'en');
  await lab.says('rates', /\d+ batches · \d+ rows/);
  const windows = await lab.tab('windows', 'Stream');
  await expect(windows).toContainText('watermark');
  await expect(windows).toContainText('Rows of the state');
  expect(await lab.outputs('stopped')).toMatch(/\|[0-2] +\|\d+ +\|\d+\.\d+/);
  await lab.verdict('order', 'Curve', /^shuffled is ahead since row 51/);
  await lab.says('drift', /payments · 2 learners · 1,000 rows scored/);
  const curve = await lab.verdict('drift', 'Curve', /^online is ahead since /);
  const parts = curve.getByRole('table', { name: /before and after/ });
  const after = (line: string): Promise<number> =>
    shareIn(
      parts
        .getByRole('row', { name: new RegExp(`^${line} `) })
        .getByRole('cell')
        .nth(1)
    );
  // A quarter of the payments lie between the old limit and the new one.
  expect(await after('batch')).toBeGreaterThan(20);
  expect(await after('online')).toBeLessThan(await after('batch'));
  await lab.end();
});

test('06, pl: a failure and its mending, anomalies, a flood, a policy', async ({
  page
}) => {
  const lab = await Ran.open(page, '06-when-data-go-bad', 'pl');
  const broken = await lab.tab('broken', 'Strumień');
  await expect(broken).toContainText('Dlaczego się nie powiodło');
  await expect(broken).toContainText('linia 6 komórki');
  await expect(broken).toContainText('raise ValueError("a reading of -40');
  const mended = await lab.tab('mended', 'Strumień');
  await expect(mended).toContainText(/powtórzyło paczkę \d+/);
  // Nothing is lost, and twenty bad readings are set aside.
  expect(await lab.outputs('mended')).toMatch(/\(\d+, 20\)/);
  await lab.verdict('anomaly', 'Krzywa', /^careful prowadzi od wiersza \d+/);
  const flood = await lab.tab('flood', 'Krzywa');
  await expect(flood).toContainText('perceptron probe');
  await lab.says('flood', /flowers · 2 modele · 1400 ocenionych wierszy/);
  const policy = await lab.tab('policy', 'Krzywa');
  const parts = policy.getByRole('table', { name: /przed każdym dryfem/ });
  const row = (line: string): Locator =>
    parts.getByRole('row', { name: new RegExp(`^${line} `) });
  // Where the world really changes, the quarantine harms.
  expect(
    await shareIn(row('quarantine').getByRole('cell').nth(1))
  ).toBeGreaterThan(await shareIn(row('no policy').getByRole('cell').nth(1)));
  await lab.end();
});

test('07, en: the old service, and a served model that is renewed', async ({
  page
}) => {
  const lab = await Ran.open(page, '07-serving', 'en');
  expect(await lab.outputs('old')).toMatch(
    /\(200, .*'prediction': 0.*\(200, .*'prediction': 1.*\(422, /
  );
  const curve = await lab.verdict(
    'new',
    'Curve',
    /^renewed is ahead since row/
  );
  await expect(curve).toContainText('renewed answers requests');
  await expect(curve).toContainText(/version [4-9]/);
  await expect(curve).toContainText(/lag \d+ rows/);
  const said = await lab.outputs('ask');
  // At the end the old model is wrong about the flower, and the new one is not.
  expect(said).toMatch(/ 0 +1 +\d+ +\d+\\n"/);
  await lab.end();
});

test('08, pl: two executors, and one that dies in the middle', async ({
  page
}) => {
  const lab = await Ran.open(page, '08-a-cluster', 'pl');
  expect(await lab.outputs('start')).toMatch(/spark:.*and 2 workers/);
  const timeline = await lab.tab('job', 'Oś czasu');
  await expect(timeline.getByRole('img').first()).toHaveAttribute(
    'aria-label',
    /2 rdzeniach/
  );
  await lab.verdict('job', 'Shuffle', /^Reducery \(jest ich 8\) dostają mniej/);
  await lab.says('loss', /12 tasków .* 1 task z błędem/);
  await lab.verdict('loss', 'Oś czasu', /^13 prób tasków .* 1 próba się nie/);
  expect(await lab.outputs('loss')).toContain('66');
  await lab.end();
});
