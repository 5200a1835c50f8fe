import { expect, test, type Locator } from '@playwright/test';
import { RanLab } from '../fixtures/ran-lab';

// Each lab in each of its languages, from top to bottom, and then what it tells a student to look at.

test.describe.configure({ timeout: 300_000 });

/** Test a lab in each language. */
function lab(
  name: string,
  looks: string,
  look: (ran: RanLab) => Promise<void>
): void {
  for (const language of ['en', 'pl'] as const) {
    test(`${name.slice(0, 2)}, ${language}: ${looks}`, async ({ page }) => {
      const ran = await RanLab.open(page, name, language);
      try {
        await ran.run();
        await look(ran);
        await ran.stop();
      } finally {
        await ran.close();
      }
    });
  }
}

/** A share that a table says in per cent, in either language. */
const shareIn = async (cell: Locator): Promise<number> =>
  parseFloat((await cell.innerText()).replace(',', '.'));

/** The row of a table that begins so. */
const rowOf = (table: Locator, line: string): Locator =>
  table.getByRole('row', { name: new RegExp(`^${line} `) });

/** The table of a curve's means before and after each drift. */
const partsOf = (curve: Locator, ran: RanLab): Locator =>
  curve.getByRole('table', {
    name: ran.say(/before and after/, /przed każdym dryfem/)
  });

/** The share that a line has after the first drift. */
const after = (parts: Locator, line: string): Promise<number> =>
  shareIn(rowOf(parts, line).getByRole('cell').nth(1));

lab(
  '01-first-look',
  'plans, actions, stages, a shuffle, two busy cores, the same again',
  async ran => {
    await ran.says(
      'plan',
      ran.say(
        /Nothing ran yet · digits: Relation; ink: Project; dark: Filter → Project$/,
        /Nic jeszcze się nie wykonało · digits: Relation; ink: Project; dark: Filter → Project$/
      )
    );
    const read = ran.say(
      / 2 stages · 2 tasks · .*read 56\.2 KiB/,
      / 2 etapy · 2 taski · .*odczyt 56,2 KiB/
    );
    await ran.says('action', read);
    const stages = await ran.tab('shuffle', 'Stages');
    // The shuffle is an arrow, with what moved.
    await expect(stages).toContainText(/\d KiB/);
    await ran.says(
      'shuffle',
      ran.say(/shuffled [\d.]+ KiB/, /shuffle [\d,]+ KiB/)
    );
    await ran.verdict(
      'long',
      'Timeline',
      ran.say(
        /^16 tasks on 2 cores in .*busy \d+ %/,
        /^16 tasków na 2 rdzeniach w .*zajęte przez \d+ %/
      )
    );
    await ran.says('again', read);
  }
);

lab(
  '02-partitions-and-shuffles',
  'narrow, wide, a partition that has nearly everything, and salt',
  async ran => {
    await ran.says(
      'narrow',
      ran.say(/1 job · 1 stage · 8 tasks/, /1 job · 1 etap · 8 tasków/)
    );
    const wide = await ran.tab('wide', 'Shuffles');
    await expect(wide).toContainText(
      ran.say('8 map tasks × 8 reducers', '8 tasków mapujących × 8 reducerów')
    );
    // Nine tenths of the rows are the robot's.
    await ran.verdict(
      'skew',
      'Partitions',
      ran.say(
        /^Partition 5 holds 9\d % of the rows; /,
        /^Partycja 5 ma 9\d % wierszy; /
      )
    );
    await ran.verdict(
      'skew',
      'Shuffles',
      ran.say(/^Reducer 5 receives 89 % /, /^Reducer 5 otrzymuje 89 % /)
    );
    const salt = await ran.tab('salt', 'Partitions');
    await expect(salt.locator('.jp-Sparkglass-verdict')).not.toHaveText(
      /(8|9)\d %/
    );
  }
);

lab(
  '03-caching-and-plans',
  'a cache, a plan that changes, partitions put together, every row with every row',
  async ran => {
    await ran.verdict(
      'cached',
      'Lineage',
      ran.say(
        /^All 8 partitions came from memory/,
        /^Wszystkie 8 partycji pochodzi z pamięci/
      )
    );
    const plan = await ran.tab('broadcast', 'Plan');
    await expect(plan).toContainText(
      ran.say(/Plan (\d) of \1 · final/, /Plan (\d) z \1 · ostateczny/)
    );
    await expect(plan).toContainText('BroadcastHashJoin');
    const last = Number(/Plan (\d)/.exec(await plan.innerText())?.[1]);
    for (let version = last - 1; version > 0; version--) {
      await plan
        .getByRole('button', { name: ran.word('The plan before') })
        .click();
      await expect(plan).toContainText(
        ran.say(`Plan ${version} of ${last}`, `Plan ${version} z ${last}`)
      );
    }
    await expect(plan).toContainText('SortMergeJoin');
    await ran.says('planned', ran.say(/ 204 tasks /, / 204 taski /));
    await ran.says('coalesced', ran.say(/ 5 tasks /, / 5 tasków /));
    await ran.verdict(
      'coalesced',
      'Shuffles',
      ran.say(/^193 of 200 reducers /, /^Reducery, które nic nie .* 193 z 200;/)
    );
    const advice = await ran.tab('cross', 'Advice');
    await expect(advice).toContainText(
      ran.word('A join compares every row with every row')
    );
    await expect(await ran.panel()).toContainText(ran.word('Cached data'));
  }
);

lab(
  '04-batch-learning',
  'epochs, steps that are too large, and what a full retrain costs',
  async ran => {
    await ran.verdict(
      'perceptron',
      'Curve',
      ran.say(
        /^Perceptron: 0 after 10 epochs$/,
        /^Perceptron: 0 po 10 epokach$/
      )
    );
    const adaline = await ran.verdict(
      'adaline',
      'Curve',
      ran.say(
        /^Lowest at its end: eta 0.01: 2\.4479 after 20 epochs$/,
        /^Na końcu najniżej: eta 0.01: 2,4479 po 20 epokach$/
      )
    );
    await expect(adaline).toContainText(
      ran.say(
        'eta 0.0115: 864.96 after 20 epochs',
        'eta 0.0115: 864,96 po 20 epokach'
      )
    );
    await ran.verdict(
      'sgd',
      'Curve',
      ran.say(
        /^Lowest at its end: each row: 0\.0263 /,
        /^Na końcu najniżej: each row: 0,0263 /
      )
    );
    const costs = (await ran.tab('retrain', 'Curve')).getByRole('table', {
      name: ran.word('What each learner came to, and its cost')
    });
    await expect(rowOf(costs, 'fitted once')).toContainText(
      ran.say('1,250', '1250')
    );
    await expect(rowOf(costs, 'fitted anew')).toContainText(
      ran.say('18,750', '18 750')
    );
  }
);

lab(
  '05-online-learning',
  'batches, windows and late rows, the order of rows, the figure of the lecture',
  async ran => {
    await ran.says(
      'rates',
      ran.say(/\d+ batches · \d+ rows/, /\d+ pacz\S+ · \d+ wiersz/)
    );
    const windows = await ran.tab('windows', 'Stream');
    await expect(windows).toContainText('watermark');
    await expect(windows).toContainText(ran.word('Rows of the state'));
    expect(await ran.outputs('stopped')).toMatch(/\|[0-2] +\|\d+ +\|\d+\.\d+/);
    await ran.verdict(
      'order',
      'Curve',
      ran.say(
        /^shuffled is ahead since row 51/,
        /^shuffled prowadzi od wiersza 51/
      )
    );
    await ran.says(
      'drift',
      ran.say(
        /payments · 2 learners · 1,000 rows scored/,
        /payments · 2 modele · 1000 ocenionych wierszy/
      )
    );
    const curve = await ran.verdict(
      'drift',
      'Curve',
      ran.say(/^online is ahead since /, /^online prowadzi od /)
    );
    const parts = partsOf(curve, ran);
    // A quarter of the payments lie between the old limit and the new one.
    expect(await after(parts, 'batch')).toBeGreaterThan(20);
    expect(await after(parts, 'online')).toBeLessThan(
      await after(parts, 'batch')
    );
  }
);

lab(
  '06-when-data-go-bad',
  'a failure and its mending, anomalies, a flood, a policy',
  async ran => {
    const broken = await ran.tab('broken', 'Stream');
    await expect(broken).toContainText(ran.word('Why it failed'));
    await expect(broken).toContainText(
      ran.say('line 6 of a cell', 'linia 6 komórki')
    );
    await expect(broken).toContainText('raise ValueError("a reading of -40');
    const mended = await ran.tab('mended', 'Stream');
    await expect(mended).toContainText(
      ran.say(/did batch \d+ again/, /powtórzyło paczkę \d+/)
    );
    // Nothing is lost, and twenty bad readings are set aside.
    expect(await ran.outputs('mended')).toMatch(/\(\d+, 20\)/);
    await ran.verdict(
      'anomaly',
      'Curve',
      ran.say(
        /^careful is ahead since row \d+/,
        /^careful prowadzi od wiersza \d+/
      )
    );
    const flood = await ran.tab('flood', 'Curve');
    await expect(flood).toContainText('perceptron probe');
    await ran.says(
      'flood',
      ran.say(
        /flowers · 2 learners · 1,400 rows scored/,
        /flowers · 2 modele · 1400 ocenionych wierszy/
      )
    );
    const policy = await ran.tab('policy', 'Curve');
    const parts = partsOf(policy, ran);
    // Where the world really changes, the quarantine harms.
    expect(await after(parts, 'quarantine')).toBeGreaterThan(
      await after(parts, 'no policy')
    );
  }
);

lab(
  '07-serving',
  'the old service, and a served model that is renewed',
  async ran => {
    expect(await ran.outputs('old')).toMatch(
      /\(200, .*'prediction': 0.*\(200, .*'prediction': 1.*\(422, /
    );
    const curve = await ran.verdict(
      'new',
      'Curve',
      ran.say(/^renewed is ahead since row/, /^renewed prowadzi od wiersza/)
    );
    await expect(curve).toContainText(
      ran.say('renewed answers requests', 'renewed odpowiada na żądania')
    );
    await expect(curve).toContainText(ran.say(/version [4-9]/, /wersja [4-9]/));
    await expect(curve).toContainText(
      ran.say(/lag \d+ rows/, /opóźnienie \d+ wiersz/)
    );
    // At the end the old model is wrong about the flower, and the new one is not.
    expect(await ran.outputs('ask')).toMatch(/ 0 +1 +\d+ +\d+\\n"/);
  }
);

lab(
  '08-a-cluster',
  'two executors, and one that dies in the middle',
  async ran => {
    expect(await ran.outputs('start')).toMatch(/spark:.*and 2 workers/);
    const timeline = await ran.tab('job', 'Timeline');
    await expect(timeline.getByRole('img').first()).toHaveAttribute(
      'aria-label',
      ran.say(/2 cores/, /2 rdzeniach/)
    );
    await ran.verdict(
      'job',
      'Shuffles',
      ran.say(
        /^8 reducers receive about/,
        /^Reducery \(jest ich 8\) dostają mniej/
      )
    );
    await ran.says(
      'loss',
      ran.say(/12 tasks .* 1 task failed/, /12 tasków .* 1 task z błędem/)
    );
    await ran.verdict(
      'loss',
      'Timeline',
      ran.say(
        /^13 task attempts .* 1 attempt failed/,
        /^13 prób tasków .* 1 próba się nie/
      )
    );
    expect(await ran.outputs('loss')).toContain('66');
  }
);
