import { batchesOfLog } from '../../events';
import { linesOf } from '../../model/fixtures/read.cjs';
import { Session } from '../../model';
import { taskFacts, type ITaskFacts } from '../../analysis/task-facts';
import { plainWords } from '../../draw/words';
import {
  errorLines,
  factWords,
  stateWords,
  taskSentence,
  taskTitle
} from './fact-words';

function factsOf(name: string): ITaskFacts[] {
  const session = new Session();
  batchesOfLog(linesOf(name)).forEach(batch => session.apply(batch));
  const app = session.latest!;
  return Array.from({ length: app.tasks.length }, (_, row) =>
    taskFacts(app, row, app.now)
  );
}

describe('errorLines', () => {
  it('tells what went wrong in Python, and where, of a real error', () => {
    const failed = factsOf('failures-4.3').filter(facts =>
      facts.error.includes('Traceback')
    );
    expect(failed.length).toBeGreaterThan(0);
    for (const { error } of failed) {
      const [what, where, ...rest] = errorLines(error).split('\n');
      expect(what).toMatch(/^[\w.]*(Error|Exception)\b/);
      expect(what).not.toMatch(/PythonException/);
      expect(where).toMatch(/^File ".*", line \d+, in /);
      expect(rest).toEqual([]);
    }
  });

  it('keeps the first lines of a Java error, without its frames', () => {
    const error =
      'java.lang.IllegalStateException: no\n\tat a.b(C.java:1)\nCaused by: x\n\tat d\n\t... 7 more';
    expect(errorLines(error)).toBe(
      'java.lang.IllegalStateException: no\nCaused by: x'
    );
    expect(errorLines('a\nb\nc\nd', 2)).toBe('a\nb');
    expect(errorLines('')).toBe('');
  });
});

it('names tasks, attempts and states as Spark’s pages do', () => {
  const failed = factsOf('failures-4.3').find(
    facts => facts.state === 'failed' && facts.attempt > 0
  )!;
  expect(taskTitle(failed, plainWords)).toBe(
    `Task ${failed.index} (attempt ${failed.attempt}) of stage ${failed.stage!.id}`
  );
  expect(stateWords(failed, plainWords)).toBe('failed (ExceptionFailure)');
  expect(taskSentence(failed, plainWords)).toContain('on executor driver');
});

it('leaves out what is zero and says the rest with units', () => {
  const all = factsOf('everyday-4.3');
  const writer = all.find(facts => facts.shuffleBytesWritten > 0)!;
  const words = factWords(writer, writer.launchTime - 1500, plainWords);
  const value = (label: string): string | undefined =>
    words.find(fact => fact.label === label)?.value;
  expect(value('Shuffle written')).toMatch(
    /^[\d.,]+ (B|KiB|MiB) in [\d,]+ rows$/
  );
  expect(value('Launched')).toMatch(/ 1\.5 s after the first$/);
  expect(value('Spilled')).toBe(
    writer.memoryBytesSpilled + writer.diskBytesSpilled > 0
      ? expect.anything()
      : undefined
  );
  const plain = all.find(facts => facts.shuffleBytesWritten === 0)!;
  const labels = factWords(plain, 0, plainWords).map(fact => fact.label);
  expect(labels).not.toContain('Shuffle written');
});
