import { effect } from '@preact/signals';
import { hover, hovered, isSame, select, selected } from './selection';

afterEach(() => {
  hover(null);
  select(null);
});

it('tells everybody once, and nobody when the same is said again', () => {
  const seen: (string | undefined)[] = [];
  const stop = effect(() => {
    seen.push(hovered.value?.stageKey);
  });
  hover({ application: 1, stageKey: '5.0' });
  hover({ application: 1, stageKey: '5.0' });
  hover({ application: 1, stageKey: '5.0', taskRow: 7 });
  hover(null);
  stop();
  expect(seen).toEqual([undefined, '5.0', '5.0', undefined]);
});

it('keeps what is chosen apart from what is hovered', () => {
  select({ application: 1, jobId: 3 });
  hover({ application: 1, jobId: 4 });
  expect(selected.value).toEqual({ application: 1, jobId: 3 });
});

it('tells things apart by all that names them', () => {
  const task = { application: 1, stageKey: '5.0', taskRow: 0 };
  expect(isSame(task, { ...task })).toBe(true);
  expect(isSame(task, { ...task, application: 2 })).toBe(false);
  expect(isSame(task, { application: 1, stageKey: '5.0' })).toBe(false);
  const query = { application: 1, queryRunId: 'a' };
  expect(isSame(query, { ...query, queryRunId: 'b' })).toBe(false);
  expect(isSame(null, null)).toBe(true);
  expect(isSame(task, null)).toBe(false);
});
