/** @jest-environment jsdom */
import { deserialize, serialize } from 'node:v8';
import { batchesOfLog } from '../../events';
import { CellRun, Session, type Application } from '../../model';
import { modelOf } from '../../model/fixtures/models';
import { linesOf } from '../../model/fixtures/read.cjs';
import { plainWords } from '../../draw/words';
import { applicationScope, jobScope, runScope, type IScope } from '../scope';
import { select, selected } from '../selection';
import { StagesView } from './stages-view';

beforeAll(() => {
  // The layout needs it, and jsdom hides Node's.
  globalThis.structuredClone = value => deserialize(serialize(value));
  const box = { clientHeight: 300, clientWidth: 900 };
  for (const [name, px] of Object.entries(box)) {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get: () => px
    });
  }
});

let view: StagesView | null = null;

afterEach(() => {
  view?.dispose();
  view = null;
  select(null);
});

/** A few frames later, however slow the machine. */
async function drawn(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) {
    await new Promise(resolve => requestAnimationFrame(resolve));
    await new Promise(resolve => setTimeout(resolve));
  }
}

async function show(
  scope: IScope,
  onCancelStage?: (application: Application, stageId: number) => void
): Promise<HTMLElement> {
  view = new StagesView({ scope, trans: plainWords, onCancelStage });
  document.body.append(view.node);
  await drawn();
  return view.node;
}

const job = (name: string, id: number): IScope => {
  const application = modelOf(name);
  return jobScope(application, application.jobs.get(id)!);
};

const verdict = (node: HTMLElement): string =>
  node.querySelector('.jp-Sparkglass-verdict')!.textContent!;

const stageButtons = (node: HTMLElement): HTMLElement[] => [
  ...node.querySelectorAll<HTMLElement>('.jp-Sparkglass-stage')
];

describe('the verdict', () => {
  it('is one plain line', async () => {
    const node = await show(job('everyday-4.3', 1));
    expect(verdict(node)).toBe(
      'The stage is done; 1 was skipped because its result was still there'
    );
  });

  it('names a failure, and explains it when asked', async () => {
    const node = await show(job('failures-4.3', 2));
    expect(verdict(node)).toContain('Stage 3 failed: RuntimeError: never');
    const why = node.querySelector<HTMLElement>(
      '.jp-Sparkglass-verdict button'
    )!;
    expect(why.getAttribute('aria-expanded')).toBe('false');
    why.click();
    await drawn();
    const note = node.querySelector('.jp-Sparkglass-note')!;
    expect(note.textContent).toContain('failures.py, line 22');
    expect(note.querySelector('pre')!.textContent).toContain('Traceback');
  });
});

describe('the graph', () => {
  it('has a button a stage, in words, and one tab stop', async () => {
    const node = await show(job('everyday-4.3', 0));
    const buttons = stageButtons(node);
    expect(buttons.map(button => button.title)).toEqual([
      expect.stringMatching(
        /^Stage 0: make rows → shuffle, done, tasks: 4\/4, [\d.]+ m?s$/
      ),
      expect.stringMatching(/^Stage 1: take shuffle → result, done/)
    ]);
    expect(buttons.map(button => button.tabIndex)).toEqual([0, -1]);
    buttons[0]!.focus();
    buttons[0]!.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true })
    );
    expect(document.activeElement).toBe(buttons[1]);
  });

  it('shows sizes on the edges', async () => {
    const node = await show(job('everyday-4.3', 0));
    expect(node.querySelector('.jp-Sparkglass-graph text')!.textContent).toBe(
      '972 B'
    );
    expect(node.querySelector('defs')).toBeNull();
  });

  it('draws stages that branch', async () => {
    const node = await show(job('everyday-4.3', 2));
    // Their layout is loaded first.
    while (node.querySelector('[style*="hidden"]')) {
      await drawn();
    }
    const places = stageButtons(node).map(button => button.style.left);
    expect(places).toHaveLength(4);
    expect(new Set(places).size).toBe(3);
  });
});

describe('choosing', () => {
  it('a stage chooses it everywhere', async () => {
    const node = await show(job('everyday-4.3', 0));
    stageButtons(node)[1]!.click();
    await drawn();
    expect(selected.value).toMatchObject({ stageKey: '1.0' });
    const row = node.querySelector('[aria-selected="true"]')!;
    expect(row.textContent).toContain('take shuffle → result');
    // Once more, and it is not chosen any longer.
    stageButtons(node)[1]!.click();
    expect(selected.value).toBeNull();
  });

  it('a row lights up what was chosen elsewhere', async () => {
    const node = await show(job('everyday-4.3', 0));
    select({ application: 1, stageKey: '0.0', taskRow: 2 });
    await drawn();
    expect(stageButtons(node)[0]!.getAttribute('aria-pressed')).toBe('true');
  });
});

describe('the table', () => {
  it('sorts by a head, largest first', async () => {
    const node = await show(applicationScope(modelOf('everyday-4.3')));
    const head = [
      ...node.querySelectorAll<HTMLElement>('[role=columnheader]')
    ].find(other => other.textContent === 'Duration')!;
    head.click();
    await drawn();
    expect(head.getAttribute('aria-sort')).toBe('descending');
    const first = node.querySelector('[data-row="0"]')!.textContent!;
    // Stage 0 started Python, and took longest.
    expect(first).toMatch(/^0make rows/);
  });

  it('has no column that says nothing', async () => {
    const node = await show(job('everyday-4.3', 0));
    const heads = [...node.querySelectorAll('[role=columnheader]')].map(
      head => head.textContent
    );
    expect(heads).toContain('Shuffle read');
    expect(heads).not.toContain('Output');
    expect(heads).not.toContain('Spill');
    expect(heads).not.toContain('Error');
  });

  it('offers to cancel a stage that runs', async () => {
    const lines = linesOf('everyday-4.3');
    const at = lines.findIndex(line =>
      line.startsWith('{"Event":"SparkListenerTaskStart","Stage ID":6,')
    );
    const session = new Session();
    for (const batch of batchesOfLog(lines.slice(0, at + 1))) {
      session.apply(batch);
    }
    const cancelled: number[] = [];
    const node = await show(
      applicationScope(session.latest!),
      (_application, stageId) => cancelled.push(stageId)
    );
    const row = node.querySelector<HTMLElement>('[role=grid]')!;
    row.scrollTop = 120;
    row.dispatchEvent(new Event('scroll'));
    await drawn();
    node.querySelector<HTMLElement>('[aria-label="Cancel stage 6"]')!.click();
    expect(cancelled).toEqual([6]);
  });
});

it('follows the model, which goes on changing in the same objects', async () => {
  const session = new Session();
  const batches = batchesOfLog(linesOf('everyday-4.3'), { size: 10 });
  session.apply(batches[0]!);
  const scope = applicationScope(session.latest!);
  const node = await show(scope);
  const seen = new Set<string>();
  for (const batch of batches.slice(1)) {
    session.apply(batch);
    view!.update();
    await drawn();
    seen.add(verdict(node));
  }
  const words = [...seen];
  expect(words.some(text => text.startsWith('Stage 6 runs: '))).toBe(true);
  expect(words[words.length - 1]).toBe(
    'All 25 stages done; 9 were skipped because their result was still there'
  );
});

describe('nothing to show', () => {
  it('says what a cell did that only described a plan', async () => {
    const run = new CellRun('r');
    run.dataFrames = [
      { name: 'df', operations: ['Range'], added: ['Range'], streaming: false }
    ];
    const node = await show(runScope(run));
    expect(node.textContent).toContain('only described a plan');
  });

  it('says what will be here', async () => {
    const node = await show(runScope(new CellRun('r')));
    expect(node.textContent).toContain('as soon as Spark has planned the job');
  });
});
