import { modelOf } from '../model/fixtures/models';
import { batchesOfLog } from '../events';
import { Session, type StreamingQuery } from '../model';
import {
  batchIntervalMs,
  isQuiet,
  isReceiver,
  receiversOf,
  totalDelayMs
} from './dstreams';
import { dstreams } from './fixtures/read.cjs';
import { jobTitle } from './stage-title';

describe.each(['3.5', '4.3'])('DStreams of Spark %s', version => {
  const { lines, read } = dstreams(version);
  const app = modelOf(lines, 1);
  const [files, socket] = [...app.streams.values()] as [
    StreamingQuery,
    StreamingQuery
  ];

  it('are one for each cell that started some', () => {
    expect(app.streams.size).toBe(2);
    expect([files, socket].map(({ cellRunId }) => cellRunId)).toEqual([
      'files/1',
      'socket/2'
    ]);
    expect(files.isDStreams && socket.isDStreams).toBe(true);
  });

  it('have the lines that Python counted in each batch', () => {
    const rows = Array.from({ length: files.batches.length }, (_, row) => row);
    const told = rows
      .filter(row => !Number.isNaN(files.batches.at(row, 'inputRows')))
      .map(row => [
        String(files.batches.at(row, 'time')),
        files.batches.at(row, 'inputRows')
      ]);
    expect(told.length).toBe(4);
    expect(Object.fromEntries(told)).toEqual(read);
  });

  it('have batches a second apart, each from its first job to its last', () => {
    for (const query of [files, socket]) {
      const { batches } = query;
      expect(batches.length).toBeGreaterThan(2);
      expect(batchIntervalMs(query)).toBe(1000);
      expect(totalDelayMs(query)).toBeGreaterThan(0);
      for (let row = 0; row < batches.length; row++) {
        const jobs = query.jobIds
          .get(batches.at(row, 'batchId'))!
          .map(id => app.jobs.get(id)!);
        const begun = Math.min(...jobs.map(job => job.submissionTime!));
        const ended = Math.max(...jobs.map(job => job.completionTime!));
        expect(new Set(jobs.map(job => job.batchTime))).toEqual(
          new Set([batches.at(row, 'time')])
        );
        expect(batches.at(row, 'durationMs')).toBe(ended - begun);
        expect(batches.at(row, 'waitedMs')).toBe(
          begun - batches.at(row, 'time')
        );
      }
    }
  });

  it('have a receiver where a socket is read, and titles without tags', () => {
    expect([...app.jobs.values()].filter(isReceiver).length).toBe(1);
    expect(receiversOf(app, files)).toEqual([]);
    expect(receiversOf(app, socket).map(({ numTasks }) => numTasks)).toEqual([
      1
    ]);
    expect(
      [files, socket].map(({ sources }) =>
        sources.map(({ description }) => description)
      )
    ).toEqual([['text file stream [0]'], ['socket text stream [0]']]);
    const job = app.jobs.get([...files.jobIds.values()][0]![0]!)!;
    expect(jobTitle(app, job).description).toMatch(
      /^Streaming job from \[output operation \d, batch time [\d:]+\]$/
    );
  });

  it('are quiet when no batch has had a job for long', () => {
    expect(isQuiet(app, socket)).toBe(false);
    const later = modelOf(lines);
    later.now += 60_000;
    expect(isQuiet(later, [...later.streams.values()][1]!)).toBe(true);
  });

  it('are let go of batch by batch, as other streams are', () => {
    const session = new Session(true);
    for (let turn = 0; turn < 12; turn++) {
      // The same again, as jobs of their own and at later times.
      const again = lines.map(line => shifted(line, turn));
      for (const batch of batchesOfLog(again, { size: 50 })) {
        session.apply(batch);
      }
    }
    const latest = session.latest!;
    const [first] = [...latest.streams.values()];
    expect(latest.forgottenJobs).toBeGreaterThan(0);
    expect(first!.numJobs).toBeLessThanOrEqual(125);
    expect(first!.batches.total).toBe(12 * files.batches.total);
  });
});

/** A line of a later run of the same program in the same driver. */
function shifted(line: string, turn: number): string {
  const event = JSON.parse(line);
  const by = turn * 1000;
  const text = JSON.stringify(event)
    .replace(/"(Job ID|Stage ID|Task ID)":(\d+)/g, (_, name, id) => {
      return `"${name}":${Number(id) + by}`;
    })
    .replace(/"(Stage IDs|Parent IDs)":\[([\d,]*)\]/g, (_, name, ids) => {
      const moved = ids
        ? ids.split(',').map((id: string) => Number(id) + by)
        : [];
      return `"${name}":[${moved.join(',')}]`;
    })
    .replace(
      /"(spark\.streaming\.internal\.batchTime)":"(\d+)"/g,
      (_, name, time) => {
        return `"${name}":"${Number(time) + turn * 100_000}"`;
      }
    );
  return text;
}
