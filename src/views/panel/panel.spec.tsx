/** @jest-environment jsdom */
import { render, type ComponentChild } from 'preact';
import { plainWords } from '../../draw/words';
import { batchesOfLog } from '../../events';
import { CellRun, Session, type Application } from '../../model';
import { linesOf } from '../../model/fixtures/read.cjs';
import { selected, select } from '../selection';
import { ApplicationCard } from './application-card';
import { CachedData } from './cached-data';
import { ConnectionLine, connectionWords } from './connection-line';
import { DataFramesList } from './data-frames';
import { ExecutorsList } from './executors-list';
import { JobsList } from './jobs-list';
import { masterWords } from './master-words';
import { operationWords } from './operation-words';
import { levelWords, rddName } from './storage-words';

const trans = plainWords;
let host: HTMLElement;

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
});

afterEach(() => {
  render(null, host);
  host.remove();
  select(null);
});

function show(content: ComponentChild): string {
  render(content, host);
  return host.textContent!;
}

function modelOf(name: string, upTo = Infinity): Application {
  const session = new Session();
  for (const batch of batchesOfLog(linesOf(name).slice(0, upTo))) {
    session.apply(batch);
  }
  return session.latest!;
}

/** The log up to and with the first line that begins like this. */
function momentOf(name: string, start: string): Application {
  const at = linesOf(name).findIndex(line => line.startsWith(start));
  return modelOf(name, at + 1);
}

const button = (text: string): HTMLElement | undefined =>
  [...host.querySelectorAll('button')].find(
    other => other.textContent === text
  );

describe('the application', () => {
  it('says what it is, where it runs and how busy it is', () => {
    const application = momentOf(
      'failures-4.3',
      '{"Event":"SparkListenerTaskStart"'
    );
    const text = show(
      <ApplicationCard
        application={application}
        now={application.startTime! + 65000}
        trans={trans}
      />
    );
    expect(text).toContain('failures');
    expect(text).toContain('4.3.0');
    expect(text).toContain('this computer, 2 cores');
    expect(text).toContain('1 of 2 busy');
    expect(text).toContain('1.1 min');
  });

  it('opens the Spark UI where there is one', () => {
    const application = modelOf('failures-4.3', 20);
    application.uiUrl = 'http://localhost:4040';
    const opened: Application[] = [];
    show(
      <ApplicationCard
        application={application}
        now={0}
        trans={trans}
        onOpenUi={which => opened.push(which)}
      />
    );
    button('Open the Spark UI')!.click();
    expect(opened).toEqual([application]);
  });

  it('says what to do when there is none', () => {
    expect(
      show(<ApplicationCard application={null} now={0} trans={trans} />)
    ).toContain('SparkSession.builder.getOrCreate()');
  });
});

describe('jobs', () => {
  const of = (
    application: Application | null,
    more: Partial<Parameters<typeof JobsList>[0]> = {}
  ): string =>
    show(
      <JobsList
        application={application}
        runs={new Map()}
        now={application?.now ?? 0}
        trans={trans}
        {...more}
      />
    );

  it('are listed newest first, those that run before all others', () => {
    // Jobs 2 and 3 have ended while job 1 still runs.
    const application = momentOf(
      'together-4.3',
      '{"Event":"SparkListenerJobEnd","Job ID":3,'
    );
    of(application);
    const ids = [...host.querySelectorAll('li b')].map(b => b.textContent);
    const running = [...application.jobs.values()]
      .filter(job => job.status === 'running')
      .map(job => String(job.id));
    expect(running.length).toBeGreaterThan(0);
    expect(ids.slice(0, running.length).sort()).toEqual(running.sort());
    expect(ids[ids.length - 1]).toBe('0');
  });

  it('say in words how they ended', () => {
    const text = of(modelOf('failures-4.3'));
    expect(text).toContain('RuntimeError: never');
    expect(text).toContain('cancelled');
    expect(text).toContain('8 tasks, 6 failed');
  });

  it('lead to their cell', () => {
    const application = modelOf('failures-4.3');
    const run = new CellRun('r1');
    run.cellId = 'cell-1';
    application.jobs.get(1)!.cellRunId = 'r1';
    const gone: string[] = [];
    of(application, {
      runs: new Map([['r1', run]]),
      onGoToCell: cellId => gone.push(cellId),
      cellName: () => '[3]'
    });
    button('cell [3]')!.click();
    expect(gone).toEqual(['cell-1']);
  });

  it('can be cancelled while they run, and only then', () => {
    const application = momentOf(
      'failures-4.3',
      '{"Event":"SparkListenerTaskStart","Stage ID":5,'
    );
    const cancelled: number[] = [];
    of(application, { onCancelJob: (_, id) => cancelled.push(id) });
    const buttons = [...host.querySelectorAll('button')].filter(
      other => other.textContent === 'Cancel'
    );
    expect(buttons.map(other => other.getAttribute('aria-label'))).toEqual([
      'Cancel job 3'
    ]);
    buttons[0]!.click();
    expect(cancelled).toEqual([3]);
  });

  it('are chosen everywhere', async () => {
    const application = modelOf('failures-4.3');
    of(application);
    host.querySelector<HTMLElement>('.jp-Sparkglass-job-title')!.click();
    expect(selected.value).toEqual({ application: 1, jobId: 4 });
  });

  it('are shown a few at a time', () => {
    const application = modelOf('everyday-4.3');
    expect(application.jobs.size).toBe(22);
    of(application);
    expect(host.querySelectorAll('li')).toHaveLength(10);
    expect(button('Show 12 more')).toBeDefined();
  });

  it('say what to do when there is none', () => {
    expect(of(null)).toContain('A job starts when an action');
  });
});

describe('executors', () => {
  it('say why one was lost', () => {
    const application = modelOf('retries-4.3');
    const text = show(
      <ExecutorsList application={application} trans={trans} />
    );
    const lost = [...application.executors.values()].filter(
      executor => !executor.isActive
    );
    expect(lost.length).toBeGreaterThan(0);
    expect(text).toContain(`removed: ${lost[0]!.removeReason}`);
    expect(text).toContain(`${lost.length} removed`);
  });

  it('show memory as a meter', () => {
    const application = modelOf('everyday-4.3', 200);
    show(<ExecutorsList application={application} trans={trans} />);
    const meter = host.querySelector('[role=meter]')!;
    expect(meter.getAttribute('aria-valuetext')).toMatch(/ of /);
  });

  it('say what to do when there is none', () => {
    expect(show(<ExecutorsList application={null} trans={trans} />)).toContain(
      'on a cluster that can take a minute'
    );
  });
});

describe('cached data', () => {
  it('is named, counted and sized', () => {
    const application = momentOf(
      'everyday-4.3',
      '{"Event":"SparkListenerJobEnd","Job ID":4,'
    );
    const text = show(<CachedData application={application} trans={trans} />);
    expect(text).toContain('in memory, the rest on disk');
    expect(text).toContain('4 of 4 partitions');
  });

  it('says how to have some', () => {
    expect(show(<CachedData application={null} trans={trans} />)).toContain(
      'df.cache()'
    );
  });
});

describe('words', () => {
  it.each([
    ['local', 'this computer, 1 core'],
    ['local[*]', 'this computer, all cores'],
    ['local[4,2]', 'this computer, 4 cores'],
    ['local-cluster[2,1,1024]', 'this computer, 2 executor processes'],
    ['spark://localhost:7077', 'a Spark cluster (localhost:7077)'],
    ['yarn', 'a Hadoop cluster (YARN)'],
    ['k8s://https://x:6443', 'a Kubernetes cluster (https://x:6443)'],
    ['', 'not known']
  ])('for the master %s', (master, words) => {
    expect(masterWords(master, trans)).toBe(words);
  });

  it.each([
    ['Disk Memory Deserialized 1x Replicated', 'in memory, the rest on disk'],
    ['Memory Deserialized 1x Replicated', 'in memory'],
    ['Disk Serialized 2x Replicated', 'on disk, 2 copies']
  ])('for the level %s', (level, words) => {
    expect(levelWords(level, trans)).toBe(words);
  });

  it.each([
    ['pairs by hundred', 'pairs by hundred'],
    ['PythonRDD', 'RDD 7'],
    ['In-memory table names', 'table names'],
    [
      '*(1) Filter (isnotnull(fare#10) AND (fare#10 > 10.0))\n+- FileScan csv [id#1L]',
      'DataFrame: Filter (isnotnull(fare) AND (fare > 10.0))'
    ]
  ])('for the RDD %j', (name, words) => {
    expect(rddName(name, 7, trans)).toBe(words);
  });

  it('for each state of the connection, each its own', () => {
    const states = [
      'off',
      'none',
      'connecting',
      'foreign',
      'waiting',
      'live',
      'ended',
      'version',
      'failed',
      'dead',
      'recorded'
    ] as const;
    const words = states.map(state => connectionWords(state, trans));
    expect(new Set(words).size).toBe(states.length);
    expect(
      show(<ConnectionLine state="failed" detail="no Java" trans={trans} />)
    ).toBe(`${connectionWords('failed', trans)}no Java`);
  });
});

describe('the DataFrames', () => {
  function sessionWith(state: object): Session {
    const session = new Session();
    const entry = {
      Name: 'df',
      Operations: ['Relation', 'Filter', 'Project', 'Project', 'Aggregate'],
      Columns: ['team', 'n'],
      'Column Count': 2,
      ...state
    };
    const cell = (Event: string, id: string, more: object) => ({
      Event,
      'Run ID': `${id}/1`,
      'Cell ID': id,
      Number: 1,
      Time: 1,
      ...more
    });
    session.apply({
      application: 1,
      backfill: false,
      rows: null,
      events: [
        cell('SparkglassCellStart', 'a', {}),
        cell('SparkglassCellEnd', 'a', { DataFrames: [entry] }),
        cell('SparkglassCellStart', 'b', {}),
        cell('SparkglassCellEnd', 'b', { 'DataFrames Used': ['df'] }),
        { Event: 'SparkListenerLogStart', 'Spark Version': '4.3.0' }
      ]
    });
    return session;
  }

  const nothing = (_: string) => undefined;
  function list(session: Session, goToCell = nothing, ask = nothing): string {
    return show(
      <DataFramesList
        session={session}
        application={session.latest!}
        trans={trans}
        cellName={run => (run.cellId === 'a' ? '[1]' : '[2]')}
        onGoToCell={goToCell}
        onPreview={ask}
      />
    );
  }

  it('says what each is, and leads to its cells', () => {
    const went: string[] = [];
    const text = list(sessionWith({ Partitions: 200, Planned: true }), cell => {
      went.push(cell);
      return undefined;
    });
    expect(text).toContain('read → filter → select → groupBy');
    expect(text).toContain('200 partitions planned');
    expect(text).toContain('made in cell [1]');
    expect(text).toContain('used in cell [2]');
    expect(text).not.toContain('cached');
    button('cell [2]')!.click();
    expect(went).toEqual(['b']);
    expect(host.querySelector('b')!.title).toBe('2 columns: team, n');
  });

  it('has a preview for streams only', () => {
    let asked = '';
    const ask = (name: string) => void (asked = name);
    list(sessionWith({ Streaming: true }), undefined, ask);
    button('Preview')!.click();
    expect(asked).toBe('df');
    list(sessionWith({}));
    expect(button('Preview')).toBeUndefined();
  });

  it('says that it is cached before any of it is', () => {
    const text = list(
      sessionWith({
        Partitions: 1,
        'Storage Level': 'Disk Memory Deserialized 1x Replicated'
      })
    );
    expect(text).toContain('1 partition');
    expect(text).toContain(
      'cached in memory, the rest on disk; filled by the next action'
    );
  });

  it('says what to do where there is none', () => {
    const session = sessionWith({});
    const other = new Session();
    other.apply({
      application: 1,
      backfill: false,
      rows: null,
      events: [{ Event: 'SparkListenerLogStart' }]
    });
    expect(list(session)).not.toContain('partition');
    expect(list(other)).toContain('df = spark.range(10)');
  });

  it('has the words of who wrote it', () => {
    expect(
      operationWords(['LogicalRDD', 'LocalLimit', 'GlobalLimit', 'MyNode'])
    ).toEqual(['data', 'limit', 'MyNode']);
  });
});
