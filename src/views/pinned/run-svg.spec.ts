import { plainWords } from '../../draw/words';
import { runOf } from '../../model/fixtures/models';
import { linesOf } from '../../model/fixtures/read.cjs';
import { runSvg } from './run-svg';

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
