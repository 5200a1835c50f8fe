import { Changed } from './changed';

it('tells those who are connected, in order', () => {
  const changed = new Changed<number>();
  const told: string[] = [];
  changed.connect(value => told.push(`a${value}`));
  const disconnect = changed.connect(value => told.push(`b${value}`));
  changed.emit(1);
  disconnect();
  disconnect();
  changed.emit(2);
  expect(told).toEqual(['a1', 'b1', 'a2']);
});

it('keeps the same listener twice apart', () => {
  const changed = new Changed<number>();
  let calls = 0;
  const listener = (): void => void calls++;
  const disconnect = changed.connect(listener);
  changed.connect(listener);
  disconnect();
  changed.emit(1);
  expect(calls).toBe(1);
});

it('lets a listener disconnect others while it tells', () => {
  const changed = new Changed<number>();
  const told: string[] = [];
  let disconnect = (): void => undefined;
  changed.connect(() => disconnect());
  disconnect = changed.connect(value => told.push(`b${value}`));
  changed.emit(1);
  changed.emit(2);
  expect(told).toEqual(['b1']);
});

it('tells everybody before it throws what one of them threw', () => {
  const changed = new Changed<number>();
  let told = 0;
  changed.connect(() => {
    throw new Error('first');
  });
  changed.connect(() => {
    throw new Error('second');
  });
  changed.connect(value => (told = value));
  expect(() => changed.emit(7)).toThrow('first');
  expect(told).toBe(7);
});
