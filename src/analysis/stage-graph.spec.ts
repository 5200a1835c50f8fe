import { batchesOfLog } from '../events';
import { Session } from '../model';
import { modelOf } from '../model/fixtures/models';
import { linesOf, logs } from '../model/fixtures/read.cjs';
import { applicationScope, jobScope, type IScope } from './scope';
import { stageGraph } from './stage-graph';

/** Each component in short: its jobs, its stages, and what goes where. */
function inShort(scope: IScope): string[] {
  return stageGraph(scope).components.map(({ jobs, nodes, edges }) => {
    const stages = nodes.map(
      ({ row, origin }) => row.stage.key + (origin ? `=${origin.key}` : '')
    );
    const lines = edges.map(({ from, to, kind, bytes }) => {
      const short = (id: string): string => id.slice(id.indexOf(':') + 1);
      return `${short(from)}>${short(to)}${kind === 'again' ? '!' : ''}${
        bytes === null ? '' : ` ${bytes}`
      }`;
    });
    return `jobs ${jobs.map(job => job.id)}: ${stages} | ${lines.sort()}`;
  });
}

describe('the stages of an application', () => {
  const everyday = inShort(applicationScope(modelOf('everyday-4.3')));

  it('draws a skipped stage as the one that did its work', () => {
    expect(everyday[0]).toBe(
      'jobs 0,1,2: 0.0,1.0,3.0,4.0,6.0,7.0 | 0.0>1.0 972,0.0>3.0 972,0.0>6.0 972,4.0>6.0 3330,6.0>7.0 3034'
    );
  });

  it('draws a query that adaptive execution ran as several jobs in one piece', () => {
    expect(everyday).toContain('jobs 9,10: 14.0,16.0 | 14.0>16.0 582');
  });

  it('joins a stage that was run again to the run before', () => {
    const [first] = inShort(applicationScope(modelOf('retries-4.3')));
    expect(first).toBe(
      'jobs 0,1: 0.0,1.0,2.1,3.0,3.1 | 0.0>1.0 1070,0.0>2.1!,2.1>3.0 1070,3.0>3.1!'
    );
  });

  it('keeps what a failed job never came to', () => {
    expect(inShort(applicationScope(modelOf('failures-4.3')))).toContainEqual(
      // How much it wrote before depends on which of its tasks came first.
      expect.stringMatching(/^jobs 2: 3\.0,4\.0 \| 3\.0>4\.0 \d+$/)
    );
  });
});

it('names the stage that did the work when that is in another scope', () => {
  const application = modelOf('everyday-4.3');
  const scope = jobScope(application, application.jobs.get(1)!);
  expect(inShort(scope)).toEqual(['jobs 1: 2.0=0.0,3.0 | 2.0>3.0']);
});

it.each(logs)('is whole at any moment of %s', name => {
  const lines = linesOf(name);
  const session = new Session();
  for (const batch of batchesOfLog(lines, {
    size: Math.ceil(lines.length / 40)
  })) {
    session.apply(batch);
    if (!session.latest) {
      continue;
    }
    const application = session.latest;
    const { components } = stageGraph(applicationScope(application));
    const all = components.flatMap(component =>
      component.nodes.map(node => node.id)
    );
    expect(new Set(all).size).toBe(all.length);
    for (const { nodes, edges } of components) {
      const ids = new Set(nodes.map(node => node.id));
      expect(edges.every(e => ids.has(e.from) && ids.has(e.to))).toBe(true);
      expect(edges.some(e => e.from === e.to)).toBe(false);
    }
    for (const { key, status } of application.stageList) {
      if (status === 'active' || status === 'complete' || status === 'failed') {
        expect(all).toContain(`${application.ordinal}:${key}`);
      }
    }
  }
});
