import { linesOf, logs } from '../model/fixtures/read.cjs';
import { answer } from './answer';
import { linesOfRare, rareLogs, restOf } from './fixtures/read.cjs';
import { servedOf } from './fixtures/served';

describe.each(['3.5', '4.3'])('like the History Server of %s', version => {
  const ofVersion = (name: string): boolean => name.endsWith(`-${version}`);
  const rest = restOf(version);
  // Logs that were made since are not among those that the server was asked about.
  const known = JSON.stringify(rest['applications']!.body);
  const served = [
    ...logs.filter(ofVersion).map(linesOf),
    ...rareLogs.filter(ofVersion).map(linesOfRare)
  ]
    .map(servedOf)
    .filter(({ application }) => known.includes(`"${application.id}"`));

  it('is asked every kind of path about several logs', () => {
    expect(served.length).toBeGreaterThan(5);
    expect(Object.keys(rest).length).toBeGreaterThan(300);
    const statuses = Object.values(rest).map(({ status }) => status);
    expect([...new Set(statuses)].sort()).toEqual([200, 400, 404, 500, 503]);
  });

  it.each(Object.keys(rest))('answers %s', path => {
    const theirs = rest[path]!;
    const ours = answer(served, path, Date.now());
    if ('message' in ours) {
      // Where Spark has no words of its own, the server shows a page.
      const message = theirs.message ?? ours.message;
      expect(ours).toEqual({ status: theirs.status, message });
    } else {
      expect(theirs.status).toBe(200);
      expect(JSON.parse(ours.text)).toEqual(theirs.body);
    }
  });
});
