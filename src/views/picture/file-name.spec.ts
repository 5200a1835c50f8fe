import { fileName } from './file-name';

it.each([
  ['local-1764000000001-timeline', 'local-1764000000001-timeline.svg'],
  ['../../etc/passwd', '-..-etc-passwd.svg'],
  ['a:b*c?"<>|', 'a-b-c-.svg'],
  ['...', 'spark.svg'],
  ['', 'spark.svg'],
  ['nul\u0000l', 'nul-l.svg']
])('%p is saved as %p', (name, file) => {
  expect(fileName(name, 'svg')).toBe(file);
});
