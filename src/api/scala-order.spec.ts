import { inScalaOrder } from './scala-order';

/** Executor ids in the order in which they come: the driver first. */
function ids(count: number): string[] {
  return ['driver', ...Array.from({ length: count - 1 }, (_, i) => String(i))];
}

// What a real `mutable.HashMap` lists, in the Scala of PySpark 4.3 and of 3.5.
it.each([
  [3, '0,1,driver', 'driver,1,0'],
  [11, '0,1,2,3,driver,4,5,6,7,8,9', '2,driver,5,8,7,1,4,6,9,0,3'],
  [12, '0,1,2,3,driver,4,5,6,7,8,9,10', '2,driver,5,8,7,1,4,6,9,0,10,3'],
  [13, '11,0,1,2,3,driver,4,5,6,7,8,9,10', 'driver,2,5,8,7,1,4,11,6,0,9,3,10'],
  [
    40,
    '22,23,24,25,26,27,28,29,30,31,10,32,11,33,12,34,13,35,14,36,15,37,16,38,17,18,19,0,1,2,3,driver,4,5,6,7,8,9,20,21',
    '30,2,driver,5,33,27,12,8,15,36,21,18,24,35,7,1,17,23,38,26,4,11,32,14,29,20,34,28,6,9,0,22,16,37,19,10,3,31,25,13'
  ]
])('lists %i executors as Scala does', (count, newer, older) => {
  expect(inScalaOrder(ids(count), true).join()).toBe(newer);
  expect(inScalaOrder(ids(count), false).join()).toBe(older);
});
