import { Texts } from './texts';

test('texts are given back as they are, and few are kept', () => {
  const texts = new Texts();
  const site = 'start at NativeMethodAccessorImpl.java:0';
  for (let batch = 0; batch < 5000; batch++) {
    for (const text of [`batch = ${batch} of a long name`, site, 'short']) {
      expect(texts.once(text)).toBe(text);
    }
  }
  expect(texts.size).toBeGreaterThan(1);
  expect(texts.size).toBeLessThanOrEqual(512);
});
