/** The oldest Spark whose own answers are known. */
const OLDEST = [3, 5] as const;

/**
 * Whether an application is of that Spark or of a later one.
 *
 * One older than 3.5, or of a version that its log does not say, is taken for the newest: what counts is not which Spark wrote a log but which
 * one reads it, and old logs are read by new Sparks.
 */
export function isSince(
  { sparkVersion }: { readonly sparkVersion: string },
  major: number,
  minor: number
): boolean {
  const [own = 0, ownMinor = 0] = sparkVersion.split('.').map(Number);
  return (
    isAtLeast(own, ownMinor, major, minor) ||
    !isAtLeast(own, ownMinor, ...OLDEST)
  );
}

function isAtLeast(
  own: number,
  ownMinor: number,
  major: number,
  minor: number
): boolean {
  return own > major || (own === major && ownMinor >= minor);
}
