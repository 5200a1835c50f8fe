import { judgedFrames, judgedLog, type IJudged } from './fixtures/lineage';

/** Columns as text: kind, partitions, and how the step before them leads there. */
function shape({ lineage }: IJudged): string[] {
  return lineage.steps.map(({ id, kind, partitions, column, isReused }) => {
    const ways = lineage.links
      .filter(link => link.to === id)
      .map(({ from, kind: way, offset }) => `${from} ${way} ${offset}`);
    return `${column}: ${isReused ? 'reused ' : ''}${kind} ${partitions} (${ways.join(', ')})`;
  });
}

describe.each(['3.5', '4.3'])('lineage as Spark %s tells it', version => {
  it('of a word count: narrow, a crossing, narrow', async () => {
    const told = await judgedFrames(version, 'word count');
    expect(shape(told)).toEqual([
      '0: source 4 ()',
      '1: end 4 (0 one 0)',
      '2: shuffle 3 (1 shuffle 0)',
      '3: end 3 (2 one 0)'
    ]);
    expect(told.verdict).toMatchObject({ kind: 'shuffled', from: 4, to: 3 });
    expect(told.lineage.links[1]!.shuffle).toMatchObject({
      maps: 4,
      reducers: 3
    });
    // The log has no sizes, but the same steps.
    expect(shape(judgedLog(version, 'word count'))).toEqual(shape(told));
  });

  it('of a second action on it: the shuffle is there already', () => {
    const told = judgedLog(version, 'word count again');
    expect(shape(told)).toEqual([
      '0: reused end 4 ()',
      '1: shuffle 3 (0 shuffle 0)',
      '2: end 3 (1 one 0)'
    ]);
    expect(told.verdict).toMatchObject({ kind: 'reused', to: 3 });
    expect(told.lineage.steps[0]!.worker?.id).toBe(0);
  });

  it.each([
    ['narrow', ['0: source 8 ()', '1: end 8 (0 one 0)'], { kind: 'narrow' }],
    [
      'union',
      ['0: source 2 ()', '0: source 3 ()', '1: shape 5 (0 one 0, 1 one 2)'],
      { kind: 'narrow' }
    ],
    [
      'coalesce',
      ['0: source 8 ()', '1: shape 3 (0 group 0)', '2: end 3 (1 one 0)'],
      { kind: 'together', from: 8, to: 3 }
    ],
    [
      'zip',
      ['0: source 2 ()', '0: source 2 ()', '1: shape 2 (0 one 0, 1 one 0)'],
      { kind: 'narrow' }
    ],
    [
      'cartesian',
      [
        '0: source 3 ()',
        '0: source 2 ()',
        '1: shape 6 (0 left 2, 1 right 2)',
        '2: end 6 (2 one 0)'
      ],
      { kind: 'narrow' }
    ],
    [
      'take',
      ['0: source 8 ()', '1: end 8 (0 one 0)'],
      { kind: 'part', ran: 1, of: 8 }
    ]
  ])('of %s', (name, steps, verdict) => {
    const told = judgedLog(version, name);
    expect(shape(told)).toEqual(steps);
    expect(told.verdict).toMatchObject(verdict);
  });

  it('of a grouping that adaptive execution ran as two jobs', async () => {
    const told = await judgedFrames(version, 'grouped');
    expect(shape(told)).toEqual([
      '0: source 8 ()',
      '1: written 4 (0 shuffle 0)',
      '2: shuffle 1 (1 group 0)',
      '3: end 1 (2 one 0)'
    ]);
    expect(told.verdict).toMatchObject({
      kind: 'shuffled',
      from: 8,
      to: 4,
      readAs: 1
    });
    const [source] = told.lineage.steps;
    expect(source!.isReused).toBe(false);
    expect(source!.operators.plan).toEqual([
      'Range',
      'Project',
      'HashAggregate'
    ]);
  });

  it('of a join: both sides, and one step after them', async () => {
    const told = await judgedFrames(version, 'joined');
    const [join] = told.lineage.steps.filter(step => step.kind === 'shape');
    expect(join!.operators.plan[0]).toBe('SortMergeJoin');
    expect(
      told.lineage.links.filter(link => link.to === join!.id)
    ).toHaveLength(2);
    expect(told.verdict).toMatchObject({ kind: 'shuffled', shuffles: 3 });
  });

  it('of data that fits into memory in part: which partitions came from there', () => {
    const first = judgedLog(version, 'cached in part');
    const told = judgedLog(version, 'cached in part again');
    const step = told.lineage.steps.find(({ kind }) => kind === 'cached')!;
    const { inMemory, onDisk, absent } = step.cached!;
    expect(inMemory).toBeGreaterThan(0);
    expect(absent).toBeGreaterThan(0);
    expect([inMemory + absent, onDisk]).toEqual([6, 0]);
    expect(told.verdict).toMatchObject({ kind: 'hits', hits: inMemory, of: 6 });
    const { fromCache } = told.tasks[step.id]!;
    expect([...fromCache]).toEqual([...step.cached!.places]);
    // What leads to them was left out.
    const before = told.lineage.links.find(link => link.to === step.id)!;
    expect(told.tasks[before.from]!.spared).toEqual(fromCache);
    expect(first.verdict.kind).toBe('hits');
  });

  it.each([
    ['cached, some on disk', 'memory and disk'],
    ['cached on disk', 'disk']
  ])('of data %s', (name, where) => {
    // Its second job writes files.
    const told = judgedLog(version, name, 'first');
    const { inMemory, onDisk, absent } = told.lineage.steps.find(
      ({ cached }) => cached
    )!.cached!;
    expect(onDisk).toBeGreaterThan(0);
    expect(inMemory > 0).toBe(where === 'memory and disk');
    expect(absent).toBe(0);
    expect(told.verdict.kind).toBe('kept');
  });

  it('of files that are cached: a task that reads a file has not taken it from the cache', () => {
    const told = judgedLog(version, 'files, cached, again');
    const again = told.lineage.steps.find(({ kind }) => kind === 'cached')!;
    const hits = [...told.tasks[again.id]!.fromCache];
    expect(hits).toEqual(hits.map(() => 1));
    const jobs = [...told.application.jobs.values()];
    const filling = jobs.filter(
      ({ description }) => description === 'files, cached'
    );
    expect(filling.length).toBeGreaterThan(1);
    expect(told.verdict).toMatchObject({ kind: 'hits', hits: hits.length });
  });

  it('of a take() that caches one partition of eight', () => {
    const told = judgedLog(version, 'cached by a take');
    const step = told.lineage.steps.find(({ cached }) => cached)!;
    // Spark 3.5 fills the cache first, in a job of its own.
    const inMemory = version === '3.5' ? 8 : 1;
    expect(step.cached).toMatchObject({
      inMemory,
      onDisk: 0,
      absent: 8 - inMemory
    });
    expect([...told.tasks[step.id]!.rows].filter(row => row >= 0)).toHaveLength(
      1
    );
  });
});
