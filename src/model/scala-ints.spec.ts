import { inScalaIntOrder } from './scala-ints';

const upTo = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => i);

// What a real immutable `Set` lists, in the Scala of PySpark 4.3 and of 3.5.
it.each([
  [[9, 3, 7, 1], '9,3,7,1', '9,3,7,1'],
  [[9, 3, 7, 1, 5], '5,1,9,7,3', '5,1,9,7,3'],
  [
    upTo(40),
    '0,5,10,14,1,6,9,13,2,12,18,11,8,4,15,24,37,25,20,29,21,33,28,38,17,32,34,22,27,7,39,3,35,16,31,26,23,36,30,19',
    '0,5,10,24,37,25,14,20,29,1,6,28,38,21,33,9,13,2,32,34,17,22,27,12,7,39,3,35,18,16,31,11,26,23,8,36,30,19,4,15'
  ],
  [
    [1000, 2000, 3000, 40000, 500000, 6000000, 70000000],
    '6000000,2000,3000,1000,40000,500000,70000000',
    '6000000,2000,3000,1000,40000,500000,70000000'
  ]
])('lists %j as Scala does', (numbers, newer, older) => {
  expect(inScalaIntOrder(numbers, true).join()).toBe(newer);
  expect(inScalaIntOrder(numbers, false).join()).toBe(older);
});
