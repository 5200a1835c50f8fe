import { FrameScheduler, type IFrameHost } from './frames';

/** Frames by hand. */
class Host implements IFrameHost {
  hidden = false;
  asked = 0;
  /** What a component does when it renders. */
  rendering: (() => void) | null = null;
  private waiting: (() => void) | null = null;
  private woken: () => void = () => undefined;

  request(callback: () => void): number {
    this.waiting = callback;
    return ++this.asked;
  }

  cancel(): void {
    this.waiting = null;
  }

  /** Here at once; in a page after components have rendered. */
  soon(callback: () => void): void {
    this.rendering?.();
    callback();
  }

  isHidden(): boolean {
    return this.hidden;
  }

  onVisibility(callback: () => void): void {
    this.woken = callback;
  }

  setHidden(hidden: boolean): void {
    this.hidden = hidden;
    this.woken();
  }

  paint(): boolean {
    const frame = this.waiting;
    this.waiting = null;
    frame?.();
    return frame !== null;
  }
}

function make(): { host: Host; frames: FrameScheduler; log: string[] } {
  const host = new Host();
  return { host, frames: new FrameScheduler(host), log: [] };
}

it('runs actions before draws, each once, in one frame', () => {
  const { host, frames, log } = make();
  const draw = (): void => void log.push('draw');
  frames.draw(draw);
  frames.act(() => log.push('act'));
  frames.draw(draw);
  expect(log).toEqual([]);
  host.paint();
  expect(log).toEqual(['act', 'draw']);
  expect(host.asked).toBe(1);
  expect(host.paint()).toBe(false);
});

it('draws what an action of the same frame asks for', () => {
  const { host, frames, log } = make();
  frames.act(() => frames.draw(() => log.push('draw')));
  host.paint();
  expect(log).toEqual(['draw']);
});

it('does in one frame what an action sets off, components that render included', () => {
  const { host, frames, log } = make();
  host.rendering = () => {
    log.push('render');
    host.rendering = null;
    frames.act(() => {
      log.push('second');
      frames.draw(() => log.push('draw'));
    });
  };
  frames.act(() => log.push('first'));
  host.paint();
  expect(log).toEqual(['first', 'render', 'second', 'draw']);
  expect(host.paint()).toBe(false);
});

it('gives no frame more than a few rounds: an action that always wishes for itself goes on in the next', () => {
  const { host, frames, log } = make();
  const again = (): void => {
    log.push('act');
    frames.act(again);
  };
  frames.act(again);
  frames.draw(() => log.push('draw'));
  host.paint();
  expect(log).toEqual(['act', 'act', 'act', 'act', 'draw']);
  expect(host.paint()).toBe(true);
});

it('asks for no frame while the page is hidden, and draws once it is seen', () => {
  const { host, frames, log } = make();
  host.hidden = true;
  frames.draw(() => log.push('draw'));
  expect(host.asked).toBe(0);
  host.setHidden(false);
  host.paint();
  expect(log).toEqual(['draw']);
});

it('forgets a wish', () => {
  const { host, frames, log } = make();
  const draw = (): void => void log.push('draw');
  frames.draw(draw);
  frames.forget(draw);
  host.paint();
  expect(log).toEqual([]);
});

it('draws the others when one fails, and goes on afterwards', () => {
  const { host, frames, log } = make();
  frames.draw(() => {
    throw new Error('broken');
  });
  frames.draw(() => log.push('draw'));
  expect(() => host.paint()).toThrow('broken');
  expect(log).toEqual(['draw']);
  frames.draw(() => log.push('again'));
  host.paint();
  expect(log).toEqual(['draw', 'again']);
});
