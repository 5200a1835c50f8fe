import { backlog, waitingByPartition } from './backlog';
import type { IStreamSource } from './streaming-query';

/** A source with offsets as `SourceProgress` has them. */
function source(
  endOffset: string | null,
  latestOffset: string | null
): IStreamSource {
  return {
    description: '',
    startOffset: null,
    endOffset,
    latestOffset,
    inputRows: 0,
    metrics: new Map()
  };
}

it('is what is between the end of the batch and the newest offset, partition by partition', () => {
  const waiting = waitingByPartition([
    source('{"numbers":{"1":384,"0":128}}', '{"numbers":{"1":768,"0":256}}'),
    source('{"words":{"0":7}}', '{"words":{"0":7}}')
  ]);
  expect(waiting).toEqual([
    // JSON's keys that are numbers come in their order.
    { partition: 'numbers-0', rows: 128 },
    { partition: 'numbers-1', rows: 384 },
    { partition: 'words-0', rows: 0 }
  ]);
  expect(backlog(waiting)).toBe(512);
});

it('is never less than nothing, and leaves out a partition that the batch did not know', () => {
  expect(
    waitingByPartition([
      source('{"numbers":{"0":9}}', '{"numbers":{"0":5,"1":40}}')
    ])
  ).toEqual([{ partition: 'numbers-0', rows: 0 }]);
});

it.each([
  ['a batch that came from the checkpoint', '{"numbers":{"0":9}}', null],
  ['a rate', '17', '19'],
  ['files', '{"logOffset":3}', '{"logOffset":4}'],
  ['a text of its own', 'offset 3', 'offset 4']
])('is not known of %s', (_, end, latest) => {
  const waiting = waitingByPartition([source(end, latest)]);
  expect(waiting).toEqual([]);
  expect(backlog(waiting)).toBeNaN();
});
