import { streamFigures } from '../../analysis/stream-figures';
import { plainWords } from '../../draw/words';
import { Application } from '../../model';
import { queryState, streamVerdict } from './stream-words';
import { noteStopping } from './stopping';

test('a query that was asked to stop says so until it has', () => {
  const application = new Application(1);
  const query = application.streamingQuery('id', 'run');
  const other = application.streamingQuery('id', 'other run');
  const words = (): string[] => [
    queryState({ application, query }, plainWords),
    streamVerdict({ application, query }, streamFigures(query), plainWords)
  ];
  expect(words()[0]).toBe('Running');
  noteStopping(query);
  expect(words()).toEqual([
    'Stopping',
    'It stops when the batch that it works on is done.'
  ]);
  expect(queryState({ application, query: other }, plainWords)).toBe('Running');
  query.status = 'stopped';
  expect(words()).toEqual([
    'Stopped',
    'It was stopped after 0 batches and 0 rows.'
  ]);
});

test('a query that had nothing to read waits, unless a batch without rows is at work', () => {
  const application = new Application(1);
  const query = application.streamingQuery('id', 'run');
  const state = (): string => queryState({ application, query }, plainWords);
  query.batches.add({ batchId: 0, time: 1000, durationMs: 20, inputRows: 0 });
  query.idleSince = 1000;
  expect(state()).toBe('Waiting');
  // Windows that the clock has closed are written.
  query.addJob(1, 7);
  expect(state()).toBe('Running');
  query.batches.add({ batchId: 1, time: 2000, durationMs: 20, inputRows: 0 });
  expect(state()).toBe('Waiting');
});
