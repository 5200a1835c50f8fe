/**
 * @jest-environment jsdom
 */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { plainWords } from '../../draw/words';
import { PictureButtons } from './picture-buttons';

it('a button for each kind; a view without a size is explained in one line', async () => {
  const host = document.createElement('div');
  document.body.append(host);
  const view = document.createElement('div');
  void act(() =>
    render(
      <PictureButtons
        view={() => view}
        name="cell-1-tasks"
        trans={plainWords}
      />,
      host
    )
  );
  const [svg, png] = [...host.querySelectorAll('button')];
  expect([svg?.textContent, png?.textContent]).toEqual(['SVG', 'PNG']);
  expect(svg?.getAttribute('aria-label')).toBe('Save as SVG');
  expect(host.querySelector('[role=alert]')).toBeNull();
  svg?.click();
  await new Promise(done => setTimeout(done, 300));
  expect(host.querySelector('[role=alert]')?.textContent).toMatch(
    /^The picture could not be drawn\. .* try again\. \(.+\)$/
  );
  render(null, host);
});
