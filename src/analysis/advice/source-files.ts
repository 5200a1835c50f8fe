// A derivation (2) of plans: which files an operator reads.
import { listOf, textOf, type ISparkPlanInfo } from '../../events';
import type { PlanTree } from './plan-tree';

const locations = new WeakMap<ISparkPlanInfo, ReadonlyMap<string, string>>();

/** The places that a plan's scans read, one entry a scan; what is used twice is there once, and what a cached plan read is not. */
export function filesRead(tree: PlanTree): readonly string[] {
  const { plan } = tree.execution;
  const known = plan ? locationsOf(plan) : new Map<string, string>();
  return tree.running
    .map(node => known.get(node.description))
    .filter(place => place !== undefined);
}

/** The last part of the first path of a place: `InMemoryFileIndex(1 paths)[file:/data/sales]` → `sales`. */
export function placeName(place: string): string {
  const path = /\[([^\],]*)/.exec(place)?.[1] ?? place;
  const parts = path.split('/').filter(part => part !== '');
  return parts[parts.length - 1] ?? place;
}

/** By the text of its scan, which no two scans share as their columns have numbers; the text alone cuts long paths off. */
function locationsOf(plan: ISparkPlanInfo): ReadonlyMap<string, string> {
  let found = locations.get(plan) as Map<string, string> | undefined;
  if (!found) {
    found = new Map();
    const nodes = [plan];
    for (let node = nodes.pop(); node; node = nodes.pop()) {
      const place = textOf(node.metadata?.Location, '');
      if (place !== '' && !place.includes('...')) {
        found.set(textOf(node.simpleString, ''), place);
      }
      nodes.push(...listOf(node.children));
    }
    locations.set(plan, found);
  }
  return found;
}
