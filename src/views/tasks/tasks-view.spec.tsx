/** @jest-environment jsdom */
import { batchesOfLog } from '../../events';
import { plainWords } from '../../draw/words';
import { CellRun, Session, TaskState } from '../../model';
import { modelOf } from '../../model/fixtures/models';
import { linesOf } from '../../model/fixtures/read.cjs';
import { applicationScope, runScope, type IScope } from '../scope';
import { select, selected } from '../selection';
import { TasksView } from './tasks-view';

beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', {
    configurable: true,
    get: () => 300
  });
});

let view: TasksView | null = null;

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

async function show(scope: IScope): Promise<HTMLElement> {
  view = new TasksView({ scope, trans: plainWords });
  document.body.append(view.node);
  await drawn();
  return view.node;
}

async function filter(node: HTMLElement, text: string): Promise<void> {
  const input = node.querySelector('input')!;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await drawn();
}

const count = (node: HTMLElement): number =>
  Number(node.querySelector('[role=grid]')!.getAttribute('aria-rowcount')) - 1;

const application = modelOf('failures-4.3');
const failures = applicationScope(application);
const { tasks } = application;

/** How many tasks are in a state. */
const inState = (state: number): number =>
  tasks.state.subarray(0, tasks.length).filter(s => s === state).length;
const failed = inState(TaskState.failed);
const killed = inState(TaskState.killed);

it('says in one line what the tasks were like', async () => {
  const node = await show(failures);
  expect(node.querySelector('.jp-Sparkglass-verdict')!.textContent).toMatch(
    new RegExp(
      `^${tasks.length} tasks, ${failed} failed, ${killed} killed; half took up to [\\d.]+ m?s, ` +
        'the longest [\\d.]+ m?s \\(task \\d+ of stage \\d+\\)$'
    )
  );
});

describe('the filter', () => {
  it('lets through what it says', async () => {
    const node = await show(failures);
    await filter(node, 'state:failed');
    expect(count(node)).toBe(failed);
    expect(node.querySelector('[role=status]')!.textContent).toBe(
      `${failed} of ${tasks.length}`
    );
    await filter(node, 'state:failed stage:3');
    expect(count(node)).toBe(3);
  });

  it('says why it can’t be read, and changes nothing meanwhile', async () => {
    const node = await show(failures);
    await filter(node, 'state:failed');
    await filter(node, 'durtion > 3');
    expect(node.querySelector('[role=alert]')!.textContent).toBe(
      'There is no column “durtion”. Did you mean “duration”?'
    );
    expect(node.querySelector('input')!.getAttribute('aria-invalid')).toBe(
      'true'
    );
    expect(count(node)).toBe(failed);
    await filter(node, '');
    expect(node.querySelector('[role=alert]')!.textContent).toBe('');
    expect(count(node)).toBe(tasks.length);
  });

  it('says when nothing passes it', async () => {
    const node = await show(failures);
    await filter(node, 'duration > 3h');
    expect(node.textContent).toContain('No task passes the filter.');
  });

  it('has examples that work', async () => {
    const node = await show(failures);
    const button = [...node.querySelectorAll('button')].find(
      other => other.textContent === 'Examples'
    )!;
    button.click();
    await drawn();
    const examples = node.querySelectorAll<HTMLElement>(
      '.jp-Sparkglass-filter-examples button'
    );
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples) {
      example.click();
      await drawn();
      expect(node.querySelector('[role=alert]')!.textContent).toBe('');
    }
  });
});

it('sorts by a column, then the other way', async () => {
  const node = await show(failures);
  const head = [
    ...node.querySelectorAll<HTMLElement>('[role=columnheader]')
  ].find(other => other.textContent === 'Duration')!;
  const durations = Array.from(tasks.durationMs.subarray(0, tasks.length));
  const first = (): string =>
    node.querySelector('[data-row="0"]')!.textContent!;
  head.click();
  await drawn();
  expect(head.getAttribute('aria-sort')).toBe('descending');
  const longest = durations.indexOf(Math.max(...durations));
  expect(first()).toMatch(new RegExp(`^${tasks.taskId[longest]}`));
  head.click();
  await drawn();
  expect(head.getAttribute('aria-sort')).toBe('ascending');
});

it('explains the error of the task that was chosen', async () => {
  const node = await show(failures);
  await filter(node, 'state:failed stage:3');
  node.querySelector<HTMLElement>('[data-row="0"] [role=gridcell]')!.click();
  await drawn();
  expect(selected.value).toMatchObject({ stageKey: '3.0' });
  const note = node.querySelector('.jp-Sparkglass-note')!;
  expect(note.textContent).toContain('RuntimeError: never');
  expect(note.textContent).toContain('Your Python function raised this error');
});

it('keeps what looks like markup as text', async () => {
  const node = await show(failures);
  expect(node.querySelector('script')).toBeNull();
  expect(node.textContent).toContain('<script>alert(1)</script>');
});

describe('copying', () => {
  const copied: string[] = [];
  const clipboard = (writeText: (text: string) => Promise<void>): void => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText }
    });
  };
  const copy = async (node: HTMLElement): Promise<string> => {
    [...node.querySelectorAll('button')]
      .find(other => other.textContent === 'Copy as CSV')!
      .click();
    await drawn();
    return node.querySelector('[role=status]')!.textContent!;
  };

  it('takes all rows that the filter lets through', async () => {
    clipboard(async text => void copied.push(text));
    const node = await show(failures);
    await filter(node, 'state:failed');
    expect(await copy(node)).toBe(`Copied ${failed} rows`);
    const heads = copied[0]!.slice(0, copied[0]!.indexOf('\r\n')).split(',');
    expect(heads.slice(0, 4)).toEqual(['taskId', 'stage', 'index', 'attempt']);
    expect(copied[0]!.match(/^\d+,\d/gm)).toHaveLength(failed);
  });

  it('takes the old way when the browser refuses', async () => {
    clipboard(() => Promise.reject(new Error('not allowed')));
    let seen = '';
    document.execCommand = command => {
      seen = (document.activeElement as HTMLTextAreaElement).value;
      return command === 'copy';
    };
    const node = await show(failures);
    expect(await copy(node)).toBe(`Copied ${tasks.length} rows`);
    expect(seen).toMatch(/^taskId,/);
    expect(document.querySelector('textarea')).toBeNull();
  });

  it('says so when nothing helps', async () => {
    clipboard(() => Promise.reject(new Error('not allowed')));
    document.execCommand = () => false;
    const node = await show(failures);
    expect(await copy(node)).toBe('The browser did not allow copying');
  });
});

it('follows the model', async () => {
  const session = new Session();
  const batches = batchesOfLog(linesOf('failures-4.3'), { size: 40 });
  session.apply(batches[0]!);
  const scope = applicationScope(session.latest!);
  const node = await show(scope);
  const counts = [count(node)];
  for (const batch of batches.slice(1)) {
    session.apply(batch);
    view!.update(scope);
  }
  // It reads the model for a tenth of the time only.
  while (count(node) < tasks.length) {
    await drawn();
  }
  counts.push(count(node));
  expect(counts[0]).toBeLessThan(tasks.length);
  expect(counts[1]).toBe(tasks.length);
});

it('says what will be here before the first task', async () => {
  const node = await show(runScope(new CellRun('r')));
  expect(node.textContent).toContain('No task has run yet');
});
