import { linesOfRare, restOf } from '../api/fixtures/read.cjs';
import { modelOf } from '../model/fixtures/models';
import { allNodes, planGraph, type IPlanGraph } from './plan-graph';

/** Of `ExecutionData`. */
interface IAnswered {
  readonly nodes: readonly { nodeId: number; nodeName: string }[];
  readonly edges: IPlanGraph['edges'];
}

describe.each(['3.5', '4.3'])('plans of Spark %s', version => {
  const app = modelOf(linesOfRare(`queries-${version}`));
  const rest = restOf(version);
  const { body } = rest[`applications/${app.id}/sql?length=1000`]!;
  const graphs: IPlanGraph[] = [...app.sql.values()].map(execution =>
    planGraph(execution.plan!, { mergesEdges: version !== '3.5' })
  );

  it('have the nodes and edges that the History Server draws', () => {
    expect(graphs.length).toBeGreaterThan(10);
    const ours = graphs.map(graph => ({
      nodes: allNodes(graph)
        .sort((a, b) => b.id - a.id)
        .map(({ id, name }) => [id, name]),
      edges: graph.edges
    }));
    const theirs = body.map(({ nodes, edges }: IAnswered) => ({
      nodes: nodes.map(({ nodeId, nodeName }) => [nodeId, nodeName]),
      edges
    }));
    expect(ours).toEqual(theirs);
  });

  it('have an exchange that is used twice once', () => {
    const exchange = (graph: IPlanGraph) =>
      allNodes(graph).filter(({ name }) => name === 'Exchange');
    const used = (graph: IPlanGraph) =>
      exchange(graph).some(
        ({ id }) => graph.edges.filter(edge => edge.fromId === id).length > 1
      );
    expect(graphs.filter(used).length).toBeGreaterThan(0);
  });

  it('have no node twice', () => {
    for (const graph of graphs) {
      const ids = allNodes(graph).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

it('takes a plan that says nothing of itself', () => {
  const graph = planGraph(
    { children: [{ nodeName: 'InputAdapter' }, {}] },
    {
      mergesEdges: true
    }
  );
  expect(allNodes(graph).map(({ name }) => name)).toEqual(['', '']);
});
