import type { ISparkEvent } from '../events';
import { Session } from './session';

function cell(session: Session, number: number, id: string, end: object): void {
  const run = `${id}/${number}`;
  const events = [
    {
      Event: 'SparkglassCellStart',
      'Run ID': run,
      'Cell ID': id,
      Number: number,
      Time: number
    },
    {
      Event: 'SparkglassCellEnd',
      'Run ID': run,
      Time: number,
      Status: 'ok',
      ...end
    }
  ] as unknown as ISparkEvent[];
  session.apply({ application: 1, backfill: false, events, rows: null });
}

const made = {
  Name: 'df',
  Operations: ['Range', 'Filter'],
  New: ['Filter'],
  Streaming: false,
  Columns: ['id'],
  'Column Count': 1,
  Partitions: 4,
  Planned: false
};

it('keeps the newest state of a variable, with who made and used it', () => {
  const session = new Session();
  cell(session, 1, 'a', { DataFrames: [made] });
  cell(session, 2, 'b', { 'DataFrames Used': ['df'] });
  cell(session, 3, 'b', { 'DataFrames Used': ['df', 'other'] });
  cell(session, 4, 'c', {
    'DataFrames Used': ['df'],
    'DataFrame States': [
      {
        Name: 'df',
        Partitions: 4,
        Planned: false,
        'Storage Level': 'Memory 1x Replicated',
        'RDD ID': 9
      },
      { Name: 'other' }
    ]
  });
  expect([...session.dataFrames.values()]).toEqual([
    {
      name: 'df',
      application: 1,
      operations: ['Range', 'Filter'],
      streaming: false,
      columns: ['id'],
      columnCount: 1,
      partitions: 4,
      isPlanned: false,
      storageLevel: 'Memory 1x Replicated',
      rddId: 9,
      makers: ['a/1'],
      users: ['b/3', 'c/4']
    }
  ]);
});

it('takes another DataFrame in its place, and lets one go', () => {
  const session = new Session();
  cell(session, 1, 'a', { DataFrames: [made], 'DataFrames Used': ['df'] });
  cell(session, 2, 'a', { DataFrames: [{ ...made, Partitions: null }] });
  cell(session, 3, 'd', {
    DataFrames: [{ ...made, Partitions: 200, Planned: true }]
  });
  const df = session.dataFrames.get('df')!;
  expect([df.partitions, df.isPlanned, df.makers]).toEqual([
    200,
    true,
    ['a/2', 'd/3']
  ]);
  cell(session, 4, 'e', { 'DataFrames Gone': ['df'] });
  expect(session.dataFrames.size).toBe(0);
});

it('knows those that were there before anybody watched, and ends of an older kernel side', () => {
  const session = new Session();
  const events = [{ Event: 'SparkglassDataFrames', DataFrames: [made] }];
  session.apply({ application: 1, backfill: false, events, rows: null });
  expect(session.dataFrames.get('df')!.makers).toEqual([]);
  cell(session, 1, 'a', {
    DataFrames: [
      { Name: 'old', Operations: ['Range'], New: ['Range'], Streaming: false }
    ]
  });
  expect(session.dataFrames.get('old')).toMatchObject({
    partitions: null,
    columns: [],
    storageLevel: null
  });
});
