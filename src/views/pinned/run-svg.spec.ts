import { plainWords } from '../../draw/words';
import { batchesOfLog } from '../../events';
import { Session, type CellRun } from '../../model';
import { linesOf } from '../../model/fixtures/read.cjs';
import { runSvg } from './run-svg';

function runOf(lines: readonly string[]): CellRun {
  const session = new Session();
  const cell = (Event: string, Time: number) => ({
    application: 0,
    backfill: false,
    rows: null,
    events: [
      { Event, 'Run ID': 'c/1', 'Cell ID': 'c', Number: 1, Time, Status: 'ok' }
    ]
  });
  session.apply(cell('SparkglassCellStart', 1));
  for (const batch of batchesOfLog(lines)) {
    session.apply(batch);
  }
  session.apply(cell('SparkglassCellEnd', 4e12));
  return session.runs.get('c/1')!;
}

describe('the picture of a run', () => {
  const run = runOf(linesOf('everyday-4.3'));
  const svg = runSvg(run, 'what happened', plainWords);

  it('has a bar for each stage that ran, up to a screenful', () => {
    const ran = new Set(
      run.jobs.flatMap(({ job }) =>
        job.stages.filter(stage => stage.submissionTime !== null)
      )
    );
    const bars = svg.match(/<rect /g)!.length - 1;
    expect(bars).toBe(Math.min(24, ran.size));
  });

  it('says the sentence, also to a screen reader', () => {
    expect(svg).toContain('<title>what happened</title>');
    expect(svg).toContain('role="img"');
  });

  it('is finite', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('executes nothing that a name brings', () => {
    const evil = '<script>alert(1)</script>" onload="alert(2)';
    const hostile = linesOf('everyday-4.3').map(line =>
      line.replaceAll(
        '"Stage Name":"',
        `"Stage Name":${JSON.stringify(evil).slice(0, -1)}`
      )
    );
    const picture = runSvg(runOf(hostile), evil, plainWords);
    expect(picture).not.toMatch(/<script|" onload/);
    expect(picture).toContain('&#60;script');
  });

  it('draws a run without stages', () => {
    expect(runSvg(runOf([]), 'nothing', plainWords)).not.toMatch(
      /NaN|Infinity/
    );
  });
});
