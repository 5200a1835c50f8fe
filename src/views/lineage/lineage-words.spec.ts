import { judgedFrames, judgedLog } from '../../analysis/fixtures/lineage';
import { weave } from '../../analysis/lineage-weave';
import { plainWords } from '../../draw/words';
import { cellsOf } from './lineage-cells';
import { walk } from './lineage-keys';
import { layOutLineage, middleOf, mostSlots, slotAt } from './lineage-layout';
import { placeWords, termsOf } from './lineage-notes';
import { placeOf, selectionOf } from './lineage-selection';
import { cacheWords, stepName, verdictWords } from './lineage-words';

describe.each(['3.5', '4.3'])('in words, on Spark %s', version => {
  it.each([
    [
      'word count again',
      'The shuffled data of an earlier job was still there: its 4 partitions were not worked out again'
    ],
    [
      'narrow',
      'Every partition was worked on by itself: nothing had to be moved'
    ],
    ['coalesce', '8 partitions were put together into 3, without a shuffle'],
    ['take', '1 of 8 partitions was enough; the others were left alone'],
    [
      'cached whole again',
      'All 4 partitions came from memory: nothing before them was worked out again'
    ]
  ])('%s', (name, words) => {
    expect(verdictWords(judgedLog(version, name).verdict, plainWords)).toBe(
      words
    );
  });

  it('data that is kept on disk', () => {
    const { verdict } = judgedLog(version, 'cached on disk', 'first');
    expect(verdictWords(verdict, plainWords)).toBe(
      'All 3 partitions are kept on disk now'
    );
  });

  it('a shuffle whose partitions were put together afterwards', async () => {
    const { verdict } = await judgedFrames(version, 'grouped');
    expect(verdictWords(verdict, plainWords)).toMatch(
      /^8 partitions were shuffled into 4; (?:\d of them stayed empty; )?then put together into 1$/
    );
  });

  it('names steps as the code and the plan do', async () => {
    const { lineage } = await judgedFrames(version, 'word count');
    expect(
      lineage.steps.map(step => stepName(lineage, step, plainWords))
    ).toEqual(['parallelize', 'reduceByKey', 'after the shuffle', 'collect']);
    const cached = judgedLog(version, 'cached in part again').lineage;
    const names = cached.steps.map(step => stepName(cached, step, plainWords));
    expect(names[0]).toBe('Range');
    expect(names[1]).toMatch(/^DataFrame: Project/);
    expect(cacheWords(cached.steps[1]!, plainWords)).toMatch(
      /^\d in memory, \d absent$/
    );
  });
});

describe('the picture', () => {
  it('finds again what it placed, and walks along its threads', async () => {
    const { lineage, tasks } = await judgedFrames('4.3', 'word count');
    const most = mostSlots(lineage, 170, 11);
    const woven = weave(lineage, tasks, most);
    const layout = layOutLineage(lineage, woven.slots, 800, 170, 11);
    expect(layout.height).toBeLessThanOrEqual(172);
    const place = layout.steps[1]!;
    expect(slotAt(layout, place.x + 3, middleOf(place, 2))).toEqual({
      step: 1,
      slot: 2
    });
    expect(slotAt(layout, place.x + 3, place.top + 2)?.slot).toBe(-1);
    const down = walk(woven, { step: 0, slot: 2 }, 'ArrowDown')!;
    expect(down).toEqual({ step: 0, slot: 3 });
    const on = walk(woven, down, 'ArrowRight')!;
    expect(on).toEqual({ step: 1, slot: 3 });
    expect(walk(woven, on, 'ArrowRight')!.step).toBe(2);
    expect(walk(woven, on, 'x')).toBeNull();
    expect(placeWords(woven, on, plainWords)).toBe(
      'Partition 3 of 4, reduceByKey. Made of partition 3 of “parallelize”'
    );
    // Other views know the task; the last step that it worked on lights up.
    const chosen = selectionOf(woven, { step: 0, slot: 3 })!;
    expect(chosen.stageKey).toBe('0.0');
    expect(placeOf(woven, chosen)).toEqual({ step: 1, slot: 3 });
  });

  it('says which partitions were spared, kept, and left alone', () => {
    const terms = (name: string) => {
      const { lineage, tasks } = judgedLog('4.3', name);
      return termsOf(weave(lineage, tasks, 32));
    };
    expect(terms('cached in part again')).toEqual([
      'narrow',
      'wide',
      'memory',
      'absent',
      'spared'
    ]);
    expect(terms('take')).toEqual(['narrow', 'idle']);
    expect(terms('coalesce')).toEqual(['narrow', 'group']);
    expect(terms('word count again')).toEqual(['narrow', 'wide', 'spared']);
  });

  it('shows a cell as full as it is beside the fullest', async () => {
    const { lineage, tasks } = await judgedFrames('4.3', 'grouped');
    const woven = weave(lineage, tasks, 32);
    const cells = cellsOf(woven, 1);
    expect(Math.max(...cells.map(cell => cell.share))).toBe(1);
    expect(cells.filter(cell => cell.state === 'done').length).toBeGreaterThan(
      0
    );
  });
});
