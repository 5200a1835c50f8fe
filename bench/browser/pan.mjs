/**
 * Zooms into a timeline and drags it back and forth, while the page notes its frames.
 *
 * @param {import('@playwright/test').Page} page
 * @param {{selector: string, zoomSteps: number, seconds: number}} options
 * @returns {Promise<{intervals: number[], work: number[]}>} ms between frames, and ms of work a frame
 * @throws Error when the picture was not drawn in nearly every frame: then nothing was measured
 */
export async function pan(page, { selector, zoomSteps, seconds }) {
  const plot = page.locator(selector);
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  const y = box.y + box.height / 2;
  const left = box.x + box.width * 0.25;
  const right = box.x + box.width * 0.75;
  await page.mouse.move((left + right) / 2, y);
  await page.keyboard.down('Control');
  for (let i = 0; i < zoomSteps; i++) {
    await page.mouse.wheel(0, -100);
    await page.waitForTimeout(50);
  }
  await page.keyboard.up('Control');
  await page.waitForTimeout(500);
  await page.mouse.move(right, y);
  await page.mouse.down();
  const { intervals, work, draws } = await page.evaluate(
    ([picture, drag]) => globalThis.bench.dragFrames(picture, drag),
    [selector, { left, right, y, seconds }]
  );
  await page.mouse.up();
  if (draws < 0.9 * work.length) {
    throw new Error(
      `${selector} was dragged for ${work.length} frames and drawn in ${draws} of them.`
    );
  }
  return { intervals, work };
}
