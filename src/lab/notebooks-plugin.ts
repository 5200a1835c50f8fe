import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { PromiseDelegate } from '@lumino/coreutils';
import type { Sparkglass } from './sparkglass';
import { ISparkglass } from './tokens';

export const NOTEBOOKS_PLUGIN = 'sparkglass:plugin';

/** Watches the notebooks that are open. Everything heavy is loaded with the first of them. */
export const notebooksPlugin: JupyterFrontEndPlugin<ISparkglass> = {
  id: NOTEBOOKS_PLUGIN,
  description: 'Shows Spark at work under the cell that caused it.',
  autoStart: true,
  provides: ISparkglass,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ITranslator, IThemeManager],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
    themes: IThemeManager | null
  ): ISparkglass => {
    const loaded = new PromiseDelegate<Sparkglass>();
    let begun = false;
    const begin = async (): Promise<void> => {
      const [{ Sparkglass }, { Preferences }, { Words }] = await Promise.all([
        import('./sparkglass'),
        import('./preferences'),
        import('./words')
      ]);
      const preferences = new Preferences();
      try {
        const settings = await registry?.load(NOTEBOOKS_PLUGIN);
        if (settings) {
          preferences.follow(settings);
        }
      } catch {
        // Without a schema (a server that lacks our data files) the defaults hold.
      }
      const words = new Words(
        (translator ?? nullTranslator).languageCode,
        preferences.now.language
      );
      await words.load();
      loaded.resolve(new Sparkglass(tracker, preferences, words, themes));
    };
    const add = (_: unknown, panel: NotebookPanel): void => {
      if (!begun) {
        begun = true;
        void begin();
      }
      void loaded.promise.then(sparkglass => sparkglass.add(panel));
    };
    tracker.widgetAdded.connect(add);
    tracker.forEach(panel => add(tracker, panel));
    return { loaded: loaded.promise };
  }
};
