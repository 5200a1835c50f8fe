import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Changed } from '../model/changed';
import { adviceOff } from '../views/advice/advice-off';
import type { ChosenLanguage } from './language';

/** What a user can set; described in `schema/plugin.json`. */
export interface IPreferences {
  /** Off: nothing is attached and nothing is drawn. */
  readonly enabled: boolean;
  /** Ask a notebook's kernel to attach when it connects. */
  readonly attach: boolean;
  /** Send the kernel side to kernels in which the package is not installed. */
  readonly inject: boolean;
  /** A strip opens by itself when its cell runs longer than this; 0 = never. */
  readonly autoOpenSeconds: number;
  /** Task rows that the driver keeps for a page that does not fetch them. */
  readonly detailRows: number;
  /** Save a summary of each run with the notebook. */
  readonly save: boolean;
  /** Names of the rules of advice that are not to speak. */
  readonly adviceOff: readonly string[];
  /** Read when the page is loaded. */
  readonly language: ChosenLanguage;
}

export const DEFAULTS: IPreferences = Object.freeze({
  enabled: true,
  attach: true,
  inject: true,
  autoOpenSeconds: 3,
  detailRows: 100_000,
  save: true,
  adviceOff: [],
  language: 'auto'
});

/** The settings as one value, and a signal. Follows the registry once it is given. */
export class Preferences {
  readonly changed = new Changed<IPreferences>();

  get now(): IPreferences {
    return this._now;
  }

  /** Take the values of the registry, now and whenever they change. */
  follow(settings: ISettingRegistry.ISettings): void {
    const read = (): void => {
      this._now = { ...DEFAULTS, ...known(settings.composite) };
      adviceOff.set(this._now.adviceOff);
      this.changed.emit(this._now);
    };
    settings.changed.connect(read);
    read();
  }

  private _now: IPreferences = DEFAULTS;
}

function known(
  values: Readonly<Record<string, unknown>>
): Partial<IPreferences> {
  const entries = Object.entries(values).filter(
    ([key, value]) =>
      key in DEFAULTS &&
      typeof value === typeof DEFAULTS[key as keyof IPreferences] &&
      Array.isArray(value) ===
        Array.isArray(DEFAULTS[key as keyof IPreferences])
  );
  return Object.fromEntries(entries) as Partial<IPreferences>;
}
