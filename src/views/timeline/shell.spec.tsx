/**
 * @jest-environment jsdom
 */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { plainWords } from '../../draw/words';
import {
  Empty,
  Head,
  Legend,
  ShellState,
  Unseen,
  type IShellActions
} from './shell';
import type { ITerm } from './terms';

function setUp(): { state: ShellState; host: HTMLElement; calls: string[] } {
  const calls: string[] = [];
  const note = (name: string) => (): void => void calls.push(name);
  const actions: IShellActions = {
    zoomIn: note('zoomIn'),
    zoomOut: note('zoomOut'),
    fit: note('fit'),
    toggleLegend: note('toggleLegend'),
    explain: (term: ITerm) => calls.push(`explain ${term.name}`),
    hideExplanation: note('hide')
  };
  const state = new ShellState();
  const host = document.createElement('div');
  const props = { state, actions, trans: plainWords };
  void act(() =>
    render(
      <>
        <Head {...props} />
        <Legend {...props} />
        <Empty {...props} />
        <Unseen {...props} />
      </>,
      host
    )
  );
  return { state, host, calls };
}

const fill = (state: ShellState): void => {
  state.isEmpty.value = false;
  state.verdict.value = '4 tasks';
  state.phaseShares.value = [0.1, 0, 0, 0.9, 0, 0, 0];
  state.marks.value = ['failed'];
};

it('says what will appear while there is nothing', () => {
  const { host } = setUp();
  expect(host.querySelector('.jp-Sparkglass-empty')!.textContent).toContain(
    'one a partition'
  );
  expect(host.querySelectorAll('button').length).toBe(0);
});

it('explains the phases and marks that occur, and no others', () => {
  const { state, host, calls } = setUp();
  void act(() => fill(state));
  const terms = [...host.querySelectorAll('.jp-Sparkglass-term')];
  expect(terms.map(term => term.childNodes[1]!.textContent)).toEqual([
    'scheduler delay',
    'compute',
    'failed'
  ]);
  expect(terms[1]!.querySelector('em')!.textContent).toBe('90 %');
  terms[1]!.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
  (terms[1] as HTMLElement).click();
  expect(calls).toContain('explain compute');
  expect(host.querySelector('.jp-Sparkglass-empty')).toBeNull();
});

it('hides the legend', () => {
  const { state, host } = setUp();
  void act(() => fill(state));
  void act(() => {
    state.isLegendOpen.value = false;
  });
  expect(host.querySelector('.jp-Sparkglass-legend')).toBeNull();
  const pressed = host.querySelector('[aria-label="Legend"]')!;
  expect(pressed.getAttribute('aria-pressed')).toBe('false');
});

it('has buttons with names; those that would do nothing are off', () => {
  const { state, host, calls } = setUp();
  void act(() => fill(state));
  const button = (name: string): HTMLButtonElement =>
    host.querySelector(`button[aria-label="${name}"]`)!;
  expect(button('Zoom out').disabled).toBe(true);
  expect(button('Show everything').disabled).toBe(true);
  void act(() => {
    state.isFit.value = false;
  });
  for (const name of ['Zoom out', 'Zoom in', 'Show everything', 'Legend']) {
    button(name).click();
  }
  expect(calls).toEqual(['zoomOut', 'zoomIn', 'fit', 'toggleLegend']);
});

it('tells as tables what the picture shows, up to 32 cores', () => {
  const { state, host } = setUp();
  void act(() => {
    fill(state);
    state.lanes.value = Array.from({ length: 40 }, (_, core) => ({
      executor: '1',
      core,
      tasks: 1200,
      busyShare: 0.5
    }));
    state.longest.value = [
      {
        key: 1,
        title: 'Task 3 of stage 5',
        durationMs: 4800,
        state: 'succeeded'
      }
    ];
    state.spoken.value = 'Task 3';
  });
  const [cores, longest] = [...host.querySelectorAll('table')];
  expect(cores!.querySelectorAll('tbody tr').length).toBe(32);
  expect(cores!.querySelector('tbody tr')!.textContent).toBe('111,20050 %');
  expect(longest!.querySelector('tbody tr')!.textContent).toBe(
    'Task 3 of stage 54.8 ssucceeded'
  );
  expect(host.querySelector('[aria-live]')!.textContent).toBe('Task 3');
});
