/**
 * @jest-environment jsdom
 */
import { listen, type ITimelineActions } from './input';

function setUp(isFit = false): {
  node: HTMLElement;
  calls: string[];
  stop: () => void;
} {
  const node = document.createElement('div');
  document.body.appendChild(node);
  // jsdom has no pointers to capture.
  node.setPointerCapture = () => undefined;
  const calls: string[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]): boolean => {
      const shown = args.map(arg =>
        typeof arg === 'number' ? Math.round(arg * 100) / 100 : arg
      );
      calls.push([name, ...shown].join(' '));
      return true;
    };
  const names = [
    ...[
      'zoomAt',
      'panPixels',
      'panShare',
      'zoomMiddle',
      'fit',
      'hoverAt',
      'leave'
    ],
    ...[
      'chooseAt',
      'mark',
      'endMark',
      'step',
      'stepLane',
      'chooseCurrent',
      'clear'
    ]
  ];
  const actions = Object.fromEntries(names.map(name => [name, note(name)]));
  const stop = listen(node, {
    ...actions,
    isFit
  } as unknown as ITimelineActions);
  return { node, calls, stop };
}

function pointer(
  node: HTMLElement,
  type: string,
  x: number,
  more: object = {}
): void {
  const event = new MouseEvent(type, {
    clientX: x,
    clientY: 5,
    button: 0,
    ...more
  });
  Object.defineProperty(event, 'pointerId', { value: 1 });
  node.dispatchEvent(event);
}

function wheel(node: HTMLElement, init: WheelEventInit): boolean {
  const event = new WheelEvent('wheel', {
    cancelable: true,
    clientX: 100,
    ...init
  });
  node.dispatchEvent(event);
  return event.defaultPrevented;
}

function key(node: HTMLElement, init: KeyboardEventInit): boolean {
  const event = new KeyboardEvent('keydown', { cancelable: true, ...init });
  node.dispatchEvent(event);
  return event.defaultPrevented;
}

it('leaves the plain wheel to the page', () => {
  const { node, calls } = setUp();
  expect(wheel(node, { deltaY: 100 })).toBe(false);
  expect(calls).toEqual([]);
});

it('zooms with Ctrl or ⌘ and the wheel, about the pointer', () => {
  const { node, calls } = setUp();
  expect(wheel(node, { deltaY: -100, ctrlKey: true })).toBe(true);
  expect(wheel(node, { deltaY: 100, metaKey: true })).toBe(true);
  expect(calls).toEqual(['zoomAt 100 1.49', 'zoomAt 100 0.67']);
});

it('pans with Shift and the wheel or sideways, unless everything is shown', () => {
  const zoomed = setUp();
  expect(wheel(zoomed.node, { deltaY: 40, shiftKey: true })).toBe(true);
  expect(wheel(zoomed.node, { deltaX: 30, deltaY: 2 })).toBe(true);
  expect(zoomed.calls).toEqual(['panPixels 40', 'panPixels 30']);
  const whole = setUp(true);
  expect(wheel(whole.node, { deltaX: 30 })).toBe(false);
  expect(whole.calls).toEqual([]);
});

it('pans by dragging', () => {
  const { node, calls } = setUp();
  pointer(node, 'pointerdown', 100);
  pointer(node, 'pointermove', 90);
  pointer(node, 'pointermove', 70);
  pointer(node, 'pointerup', 70);
  expect(calls).toEqual(['panPixels 10', 'panPixels 20']);
});

it.each([
  ['with Shift', false, { shiftKey: true }],
  ['when everything is shown', true, {}]
])('marks a stretch by dragging %s', (_, isFit, more) => {
  const { node, calls } = setUp(isFit);
  pointer(node, 'pointerdown', 100, more);
  pointer(node, 'pointermove', 160, more);
  pointer(node, 'pointerup', 160, more);
  expect(calls).toEqual(['mark 100 160', 'endMark true']);
});

it('forgets a mark when the pointer is taken away', () => {
  const { node, calls } = setUp(true);
  pointer(node, 'pointerdown', 100);
  pointer(node, 'pointermove', 160);
  pointer(node, 'pointercancel', 160);
  expect(calls).toEqual(['mark 100 160', 'endMark false']);
});

it('chooses by clicking, also with an unsteady hand', () => {
  const { node, calls } = setUp(true);
  pointer(node, 'pointerdown', 100);
  pointer(node, 'pointermove', 102);
  pointer(node, 'pointerup', 102);
  expect(calls).toEqual(['endMark false', 'chooseAt 102 5']);
});

it('hovers when nothing is pressed, and ignores the other buttons', () => {
  const { node, calls } = setUp();
  pointer(node, 'pointerdown', 100, { button: 2 });
  pointer(node, 'pointermove', 110);
  pointer(node, 'pointerleave', 110);
  expect(calls).toEqual(['hoverAt 110 5', 'leave']);
});

it.each([
  ['ArrowLeft', 'panShare -0.2'],
  ['ArrowRight', 'panShare 0.2'],
  ['+', 'zoomMiddle 1.6'],
  ['-', 'zoomMiddle 0.63'],
  ['0', 'fit'],
  ['Home', 'fit'],
  ['[', 'step -1'],
  [']', 'step 1'],
  ['ArrowDown', 'stepLane 1'],
  ['Enter', 'chooseCurrent'],
  ['Escape', 'clear']
])('takes the key %s', (name, call) => {
  const { node, calls } = setUp();
  expect(key(node, { key: name })).toBe(true);
  expect(calls).toEqual([call]);
});

it('leaves other keys and shortcuts alone', () => {
  const { node, calls } = setUp();
  expect(key(node, { key: 'a' })).toBe(false);
  expect(key(node, { key: '0', ctrlKey: true })).toBe(false);
  expect(calls).toEqual([]);
});

it('stops listening', () => {
  const { node, calls, stop } = setUp();
  stop();
  pointer(node, 'pointermove', 110);
  key(node, { key: '0' });
  wheel(node, { deltaY: 1, ctrlKey: true });
  expect(calls).toEqual([]);
});
