import { expect, test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';
import { watchPace } from '../fixtures/pace';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());

test('200 jobs in one cell make one strip of the usual size', async () => {
  const at = await notebook.add(
    'for _ in range(200):\n    spark.range(0, 4, 1, 4).write.format("noop").mode("overwrite").save()'
  );
  const watched = await watchPace(notebook.page);
  await notebook.run(at, false);
  await notebook.sentence(at, 'Running');
  await notebook.openTab(at, 'Timeline');
  await notebook.kernelIs('idle');
  expect(await notebook.sentence(at)).toContain(
    '200 jobs · 200 stages · 800 tasks'
  );
  await expect(
    notebook.strip(at).getByRole('img', { name: /800 tasks/ })
  ).toBeVisible();
  const box = await notebook.strip(at).boundingBox();
  expect(box?.height).toBeLessThanOrEqual(240);
  const nodes = await notebook.page.evaluate(
    () => document.querySelectorAll('*').length
  );
  expect(nodes).toBeLessThanOrEqual(2200);
  const { ours, longest } = await watched();
  test.info().annotations.push({
    type: '200 jobs',
    description: `${nodes} nodes, our longest script ${ours} ms, longest task ${longest} ms`
  });
  await expect
    .poll(() => notebook.metadata(at))
    .toHaveProperty('sparkglass.version', 2);
  const { sparkglass } = await notebook.metadata(at);
  expect(JSON.stringify(sparkglass).length).toBeLessThanOrEqual(24 * 1024);
  for (const tab of ['Stages', 'Tasks'] as const) {
    await notebook.openTab(at, tab);
    await expect(notebook.strip(at).getByRole('row').nth(3)).toBeVisible();
    expect(
      (await notebook.strip(at).boundingBox())?.height
    ).toBeLessThanOrEqual(240);
    expect(
      await notebook.page.evaluate(() => document.querySelectorAll('*').length)
    ).toBeLessThanOrEqual(2200);
  }
});

test('20,000 tasks: the strip is right when the cell ends', async () => {
  const at = await notebook.add(
    'spark.range(0, 20000, 1, 20000).write.format("noop").mode("overwrite").save()'
  );
  const watched = await watchPace(notebook.page);
  await notebook.run(at, false);
  await notebook.sentence(at, 'Running');
  await notebook.openTab(at, 'Timeline');
  await notebook.kernelIs('idle', 110000);
  const ended = Date.now();
  expect(await notebook.sentence(at)).toContain('20,000 tasks');
  const sentenceMs = Date.now() - ended;
  await expect(
    notebook.strip(at).getByRole('img', { name: /20,000 tasks/ })
  ).toBeVisible();
  const { ours, longest } = await watched();
  test.info().annotations.push({
    type: '20,000 tasks',
    description: `sentence after ${sentenceMs} ms, our longest script ${ours} ms, longest task ${longest} ms`
  });
  await expect
    .poll(() => notebook.metadata(at))
    .toHaveProperty('sparkglass.version', 2);
  const { sparkglass } = await notebook.metadata(at);
  expect(JSON.stringify(sparkglass).length).toBeLessThanOrEqual(24 * 1024);
  expect(sparkglass.tasksTotal).toBe(20000);
  const panel = await notebook.openTab(at, 'Tasks');
  await expect(panel).toContainText('20,000');
  await expect(panel.getByRole('grid')).toHaveAttribute(
    'aria-rowcount',
    '20001'
  );
});
