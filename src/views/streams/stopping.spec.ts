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
