import { Navigation } from './navigation';

function at(from: number, to: number, live = false): Navigation {
  const navigation = new Navigation();
  navigation.setLimits(from, to, live);
  return navigation;
}

it('shows everything, with a little room, until the user zooms', () => {
  const navigation = at(1000, 2000);
  expect(navigation.range).toEqual({ from: 1000, to: 2010 });
  navigation.setLimits(1000, 3000, false);
  expect(navigation.range).toEqual({ from: 1000, to: 3020 });
});

it('leaves a stretch where the user put it, however much time passes', () => {
  const navigation = at(1000, 2000, true);
  navigation.show({ from: 1200, to: 1400 });
  navigation.setLimits(1000, 9000, true);
  expect(navigation.range).toEqual({ from: 1200, to: 1400 });
  navigation.fit();
  expect(navigation.range).toEqual(navigation.limits);
  navigation.setLimits(1000, 20000, true);
  expect(navigation.range.to).toBeGreaterThanOrEqual(20000);
});

it('re-scales a live picture only when its room is used up', () => {
  const navigation = at(0, 1000, true);
  const scales = new Set<number>();
  for (let now = 1000; now <= 4000; now += 10) {
    navigation.setLimits(0, now, true);
    expect(navigation.range.to).toBeGreaterThan(now);
    scales.add(navigation.range.to);
  }
  expect(scales.size).toBeLessThan(20);
  navigation.setLimits(0, 4000, false);
  expect(navigation.range.to).toBe(4040);
});

it('zooms about the middle and back to everything', () => {
  const navigation = at(0, 1000);
  navigation.zoomMiddle(2);
  expect(navigation.range).toEqual({ from: 252.5, to: 757.5 });
  expect(navigation.isFit).toBe(false);
  navigation.zoomMiddle(0.4);
  expect(navigation.isFit).toBe(true);
});

it('pans within the limits, and not at all when everything is shown', () => {
  const navigation = at(0, 1000);
  navigation.panShare(0.5);
  expect(navigation.range.from).toBe(0);
  navigation.show({ from: 100, to: 300 });
  navigation.panShare(0.5);
  expect(navigation.range).toEqual({ from: 200, to: 400 });
  navigation.pan(-5000);
  expect(navigation.range).toEqual({ from: 0, to: 200 });
});

it('moves no more than it takes to reveal a stretch', () => {
  const navigation = at(0, 1000);
  navigation.show({ from: 100, to: 300 });
  navigation.reveal(150, 200);
  expect(navigation.range).toEqual({ from: 100, to: 300 });
  navigation.reveal(350, 360);
  expect(navigation.range).toEqual({ from: 180, to: 380 });
  navigation.reveal(100, 120);
  expect(navigation.range).toEqual({ from: 80, to: 280 });
});
