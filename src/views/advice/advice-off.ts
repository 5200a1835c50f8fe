import { Changed } from '../../model/changed';

/** The rules that the user turned off in the settings. What reads the settings sets it, views follow it. */
class AdviceOff {
  readonly changed = new Changed<ReadonlySet<string>>();

  get now(): ReadonlySet<string> {
    return this._now;
  }

  /** Saying the same again wakes nobody. */
  set(rules: readonly string[]): void {
    if (
      rules.length !== this._now.size ||
      rules.some(rule => !this._now.has(rule))
    ) {
      this._now = new Set(rules);
      this.changed.emit(this._now);
    }
  }

  private _now: ReadonlySet<string> = new Set();
}

export const adviceOff = new AdviceOff();
