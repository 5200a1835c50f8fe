import type { IStreamSource } from './streaming-query';

/** What waits in a partition of a source. */
export interface IWaiting {
  /** As Kafka writes a partition: `numbers-0`. */
  readonly partition: string;
  /** Rows that were there when the batch was planned, and are in neither it nor one before it. */
  readonly rows: number;
}

/**
 * What the newest batch left, over the sources that say their newest offset as partitions with numbers, as Kafka does
 * (`{"numbers":{"0":23}}`); empty where no source tells.
 */
export function waitingByPartition(
  sources: readonly IStreamSource[]
): IWaiting[] {
  return sources.flatMap(({ endOffset, latestOffset }) => {
    const ends = offsetsOf(endOffset);
    return [...offsetsOf(latestOffset)].flatMap(([partition, latest]) => {
      const end = ends.get(partition);
      return end === undefined
        ? []
        : [{ partition, rows: Math.max(0, latest - end) }];
    });
  });
}

/** The rows that wait in all of them; NaN where there are none. */
export function backlog(waiting: readonly IWaiting[]): number {
  return waiting.length > 0
    ? waiting.reduce((sum, { rows }) => sum + rows, 0)
    : NaN;
}

/** Offsets by topic and partition; empty for those of another form. */
function offsetsOf(offset: string | null): Map<string, number> {
  const found = new Map<string, number>();
  try {
    const topics: unknown = JSON.parse(offset ?? 'null');
    for (const [topic, partitions] of entriesOf(topics)) {
      for (const [partition, value] of entriesOf(partitions)) {
        if (typeof value === 'number') {
          found.set(`${topic}-${partition}`, value);
        }
      }
    }
  } catch {
    // Not JSON: a form of its own.
  }
  return found;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}
