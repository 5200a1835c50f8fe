/** @jest-environment jsdom */
import { render } from 'preact';
import { Grid, type IGridProps } from './grid';

const ROWS = 1_000_000;
const IN_VIEW = 10;
const ROW_PX = 20;

beforeAll(() => {
  // jsdom has no layout.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', {
    configurable: true,
    get: () => ROW_PX * (IN_VIEW + 1)
  });
});

/** Everything that a grid calls, and what it was called with. */
interface ICalls {
  sorted: string[];
  chosen: number[];
}

let host: HTMLElement;
let calls: ICalls;

beforeEach(() => {
  host = document.createElement('div');
  host.style.fontSize = '12px';
  document.body.append(host);
  calls = { sorted: [], chosen: [] };
});

afterEach(() => {
  render(null, host);
  host.remove();
});

function show(more: Partial<IGridProps> = {}): HTMLElement {
  const term = { name: 'Number', what: 'What it is.', good: 'What is good.' };
  render(
    <Grid
      label="Numbers"
      columns={[
        { key: 'n', term, width: 5, sortable: true, cell: p => `row ${p}` },
        { key: 'm', term, width: 5, cell: p => p * 2 }
      ]}
      count={ROWS}
      sortKey="n"
      isDescending={true}
      order={0}
      idAt={position => position}
      positionOf={id => id}
      rowClass={() => ''}
      isSelected={position => position === 2}
      reveal={null}
      onSort={key => calls.sorted.push(key)}
      onSelect={position => calls.chosen.push(position)}
      onHover={() => undefined}
      onExplain={() => undefined}
      {...more}
    />,
    host
  );
  return host.querySelector<HTMLElement>('[role=grid]')!;
}

function positions(): number[] {
  return [...host.querySelectorAll<HTMLElement>('[data-row]')]
    .map(row => Number(row.dataset['row']))
    .sort((a, b) => a - b);
}

/** A few frames later, however slow the machine. */
async function settled(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) {
    await new Promise(resolve => requestAnimationFrame(resolve));
    await new Promise(resolve => setTimeout(resolve));
  }
}

function press(grid: HTMLElement, key: string, ctrlKey = false): void {
  grid.dispatchEvent(
    new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true })
  );
}

describe('a table of a million rows', () => {
  it('has nodes for the rows in view only', async () => {
    show();
    await settled();
    expect(positions()).toEqual(Array.from({ length: 13 }, (_, i) => i));
  });

  it('goes to the same share of the rows as the scroll bar', async () => {
    const grid = show();
    await settled();
    // Higher than a node can be: the scroll bar is 12 million px long.
    grid.scrollTop = 6_000_000;
    grid.dispatchEvent(new Event('scroll'));
    await settled();
    const middle = positions()[Math.floor(positions().length / 2)]!;
    expect(Math.abs(middle - ROWS / 2)).toBeLessThan(20);
  });

  it('uses its nodes again when scrolled', async () => {
    const grid = show({ count: 10000 });
    await settled();
    const before = new Set(host.querySelectorAll('[data-row]'));
    grid.scrollTop = 500 * ROW_PX;
    grid.dispatchEvent(new Event('scroll'));
    await settled();
    expect(positions()[0]).toBe(497);
    const after = [...host.querySelectorAll('[data-row]')];
    expect(after.filter(node => before.has(node)).length).toBe(before.size);
  });

  it('says how large it is and what it is sorted by', () => {
    const grid = show();
    expect(grid.getAttribute('aria-rowcount')).toBe('1000001');
    expect(grid.getAttribute('aria-colcount')).toBe('2');
    const heads = [...grid.querySelectorAll('[role=columnheader]')];
    expect(heads.map(head => head.getAttribute('aria-sort'))).toEqual([
      'descending',
      null
    ]);
    expect(heads[0]!.getAttribute('aria-description')).toBe(
      'What it is. What is good.'
    );
    const row = grid.querySelector('[data-row="2"]')!;
    expect(row.getAttribute('aria-rowindex')).toBe('4');
    expect(row.getAttribute('aria-selected')).toBe('true');
  });
});

describe('keys', () => {
  it('move a cursor that a screen reader follows', async () => {
    const grid = show();
    await settled();
    grid.focus();
    press(grid, 'ArrowDown');
    press(grid, 'ArrowRight');
    await settled();
    const id = grid.getAttribute('aria-activedescendant')!;
    expect(document.getElementById(id)!.textContent).toBe('2');
  });

  it('bring the last row into view', async () => {
    const grid = show();
    await settled();
    press(grid, 'End', true);
    await settled();
    expect(positions().pop()).toBe(ROWS - 1);
    press(grid, 'PageUp');
    await settled();
    const id = grid.getAttribute('aria-activedescendant')!;
    expect(document.getElementById(id)).not.toBeNull();
  });

  it('choose a row and sort by a head', async () => {
    const grid = show();
    await settled();
    press(grid, 'ArrowDown');
    press(grid, 'Enter');
    expect(calls.chosen).toEqual([1]);
    press(grid, 'ArrowUp');
    press(grid, 'ArrowUp');
    press(grid, 'Enter');
    expect(calls.sorted).toEqual(['n']);
    // The other column can't be sorted by.
    press(grid, 'ArrowRight');
    press(grid, 'Enter');
    expect(calls.sorted).toEqual(['n']);
  });

  it('that mean something else are left alone', () => {
    const grid = show();
    const event = new KeyboardEvent('keydown', {
      key: 'Tab',
      bubbles: true,
      cancelable: true
    });
    grid.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });
});

describe('a click', () => {
  it('chooses a row or sorts', async () => {
    const grid = show();
    await settled();
    grid.querySelector<HTMLElement>('[data-row="3"] [role=gridcell]')!.click();
    grid.querySelector<HTMLElement>('[role=columnheader]')!.click();
    expect(calls).toEqual({ chosen: [3], sorted: ['n'] });
  });

  it('on a button in a cell is the button’s', async () => {
    const term = { name: 'B', what: '', good: '' };
    const grid = show({
      columns: [{ key: 'b', term, width: 5, cell: () => <button>b</button> }]
    });
    await settled();
    grid.querySelector('button')!.click();
    expect(calls.chosen).toEqual([]);
  });
});

describe('while rows arrive', () => {
  it('keeps what is in view when they come behind it', async () => {
    const grid = show({ count: 1000 });
    await settled();
    grid.scrollTop = 500 * ROW_PX;
    grid.dispatchEvent(new Event('scroll'));
    show({ count: 2000, order: 1 });
    await settled();
    expect(positions()[3]).toBe(500);
    expect(grid.scrollTop).toBe(500 * ROW_PX);
  });

  it('keeps the row on top on top when they come before it', async () => {
    const grid = show({ count: 1000 });
    await settled();
    grid.scrollTop = 500 * ROW_PX;
    grid.dispatchEvent(new Event('scroll'));
    await settled();
    // Seven new rows sort before all others.
    show({
      count: 1007,
      order: 1,
      idAt: position => position - 7,
      positionOf: id => id + 7
    });
    await settled();
    expect(grid.scrollTop).toBe(507 * ROW_PX);
    expect(positions()[3]).toBe(507);
  });

  it('shows the row that was chosen elsewhere, once', async () => {
    const grid = show({ reveal: { position: 800, token: 'a' } });
    await settled();
    expect(positions()).toContain(800);
    grid.scrollTop = 0;
    grid.dispatchEvent(new Event('scroll'));
    show({ reveal: { position: 800, token: 'a' } });
    await settled();
    expect(positions()[0]).toBe(0);
  });
});
