import { expect, test, type Locator } from '@playwright/test';
import { startKafka, type IKafka } from '../fixtures/kafka';
import { NotebookPage } from '../fixtures/notebook';
import { SESSION } from '../fixtures/notebook-file';

let kafka: IKafka;
let notebook: NotebookPage;
let session: string;

// A broker and a driver start.
const PATIENCE = 300_000;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(PATIENCE);
  kafka = await startKafka();
  session = SESSION.replace(
    '.getOrCreate()',
    `.config('spark.jars', '${kafka.spark['4']!.join(',')}').getOrCreate()`
  );
  const page = await (await browser.newContext()).newPage();
  notebook = await NotebookPage.open(page, [session]);
  await notebook.run(0);
});
test.afterAll(async () => {
  await notebook?.close();
  await kafka?.stop();
});

/** A quarter of the rows in one partition, three in the other. */
const fill = () => `
for partition, rows in enumerate([256, 768]):
    values = spark.range(rows).selectExpr('CAST(id AS STRING) AS value', f'{partition} AS partition')
    values.write.format('kafka').option('kafka.bootstrap.servers', '${kafka.address}').option('topic', 'numbers').save()
`;

/** A query that takes 256 rows at a time. In one batch it waits, and fails instead of ending it. */
const query = (fails: number) => `
import threading
from pathlib import Path
release = threading.Event()

def keep(rows, batch):
    rows.count()
    if batch == ${fails}:
        release.wait()
        raise RuntimeError('the machine was taken away')

numbers = (
    spark.readStream.format('kafka').option('kafka.bootstrap.servers', '${kafka.address}')
    .option('subscribe', 'numbers').option('startingOffsets', 'earliest').option('maxOffsetsPerTrigger', 256).load()
)
query = numbers.writeStream.queryName('numbers').foreachBatch(keep).option('checkpointLocation', str(Path('kafka').absolute())).start()
print(query.id)
`;

/** The view of streams under a cell, once so many batches have reached the screen. */
async function streamsOf(cell: number, batches: number): Promise<Locator> {
  const panel = await notebook.openTab(cell, 'Stream');
  await expect(panel.locator('.jp-Sparkglass-streams')).toHaveAttribute(
    'data-batches',
    String(batches),
    { timeout: 60_000 }
  );
  return panel;
}

async function printed(cell: number): Promise<string> {
  const output = notebook.cell(cell).locator('.jp-OutputArea-output').first();
  return (await output.innerText()).trim();
}

test('what waits is told for each partition; after a failure in a batch the query goes on from its checkpoint', async () => {
  test.setTimeout(PATIENCE);
  const at = await notebook.addAndRun(fill(), query(2));
  const failed = await streamsOf(at + 1, 2);
  await expect(failed).toContainText('512 rows wait to be read');
  await expect(failed.getByRole('listitem')).toHaveText([
    'numbers-0 128',
    'numbers-1 384'
  ]);
  await expect(failed).toContainText('KafkaV2');
  const id = await printed(at + 1);
  await expect(failed.getByTitle(`Streaming query ${id}`)).toBeVisible();
  await notebook.addAndRun('release.set()');
  await notebook.sentence(at + 1, 'Failed');
  await expect(failed).toContainText('the machine was taken away');
  await expect(failed).toContainText('Batch 2 had begun and was not finished.');

  const again = await notebook.addAndRun(
    query(-1),
    'query.processAllAvailable()\nquery.stop()',
    [
      'ran = [one for one in query.recentProgress if one.numInputRows]',
      'print([one.batchId for one in ran], sum(one.numInputRows for one in ran))'
    ].join('\n')
  );
  // The batch that it failed in, and the last one.
  expect(await printed(again + 2)).toBe('[2, 3] 512');
  expect(await printed(again)).toBe(id);
  await notebook.sentence(again, 'Done');
  const restarted = await streamsOf(again, 2);
  await expect(restarted).toContainText(
    'It was stopped after 2 batches and 512 rows.'
  );
  await expect(restarted).toContainText('Run 2 of this query');
  await expect(restarted).toContainText('did batch 2 again');
  await expect(restarted.getByTitle(`Streaming query ${id}`)).toBeVisible();
  await expect(restarted.getByRole('listitem')).toHaveCount(0);
});
