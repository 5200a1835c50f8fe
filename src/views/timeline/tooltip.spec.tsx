/**
 * @jest-environment jsdom
 */
import { Tooltip } from './tooltip';

const card = (): HTMLElement =>
  document.querySelector('.jp-Sparkglass-tooltip')!;

/** jsdom lays nothing out: give the card a size. */
function sized(width: number, height: number): void {
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', {
    configurable: true,
    value: width
  });
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', {
    configurable: true,
    value: height
  });
}

it('hangs on the body, in the theme, and goes away', () => {
  const tooltip = new Tooltip(document);
  expect(card()).toBeNull();
  tooltip.show(<p>a task</p>, 10, 20);
  expect(card().parentElement).toBe(document.body);
  expect(card().classList.contains('jp-ThemedContainer')).toBe(true);
  expect(card().textContent).toBe('a task');
  tooltip.hide();
  expect(card().hidden).toBe(true);
  expect(tooltip.isShown).toBe(false);
  tooltip.dispose();
  expect(card()).toBeNull();
});

it('stays inside the window, beside the pointer', () => {
  const tooltip = new Tooltip(document);
  sized(200, 100);
  const place = (x: number, y: number): number[] => {
    tooltip.show(<p>a task</p>, x, y);
    return [parseInt(card().style.left), parseInt(card().style.top)];
  };
  const [wide, high] = [window.innerWidth, window.innerHeight];
  expect(place(10, 20)).toEqual([24, 34]);
  expect(place(wide - 20, 20)[0]).toBe(wide - 20 - 14 - 200);
  expect(place(10, high - 20)[1]).toBe(high - 20 - 14 - 100);
  tooltip.dispose();
});
