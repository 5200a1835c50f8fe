/**
 * Zooms into a timeline and drags it back and forth, while the page notes its frames.
 *
 * @param {import('@playwright/test').Page} page
 * @param {{selector: string, zoomSteps: number, seconds: number}} options
 * @returns {Promise<{intervals: number[], work: number[]}>} ms between frames, and ms of script a frame
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
  await page.evaluate(() => globalThis.bench.beginFrames());
  // One move a frame, as a hand and a mouse make them.
  const began = Date.now();
  for (let i = 0; Date.now() - began < seconds * 1000; i++) {
    const phase = (i % 120) / 60;
    const share = phase < 1 ? phase : 2 - phase;
    await page.mouse.move(right - (right - left) * share, y);
    await page.evaluate(() => new Promise(globalThis.requestAnimationFrame));
  }
  const frames = await page.evaluate(() => globalThis.bench.endFrames());
  await page.mouse.up();
  return frames;
}
