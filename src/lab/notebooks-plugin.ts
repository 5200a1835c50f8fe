import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';
import { PromiseDelegate } from '@lumino/coreutils';
import { isPolish, labLanguage, languageOf, setPageLanguage } from './language';
import type { Sparkglass } from './sparkglass';
import { ISparkglass } from './tokens';
import type { Words } from './words';

export const NOTEBOOKS_PLUGIN = 'sparkglass:plugin';

/** Watches the notebooks that are open. Everything heavy is loaded with the first of them. */
export const notebooksPlugin: JupyterFrontEndPlugin<ISparkglass> = {
  id: NOTEBOOKS_PLUGIN,
  description: 'Spark under the cell that caused it.',
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
    const lab = labLanguage(translator);
    let spoken: Words | null = null;
    registry?.transform(NOTEBOOKS_PLUGIN, {
      fetch: plugin => ({
        ...plugin,
        schema: spoken?.schema(plugin.schema) ?? plugin.schema
      })
    });
    // Without a schema (a server that lacks our data files) the defaults hold.
    const settings = registry
      ? registry.load(NOTEBOOKS_PLUGIN).catch(() => null)
      : Promise.resolve(null);
    const language = settings.then(now =>
      languageOf(now?.composite.language, lab)
    );
    setPageLanguage(language);
    let words: Promise<Words> | null = null;
    const speak = (): Promise<Words> =>
      (words ??= Promise.all([language, import('./words')]).then(
        ([tag, { wordsIn }]) => wordsIn(tag)
      ));
    const early = language
      .then(tag => (isPolish(tag) || tag !== lab ? speak() : null))
      .catch(() => null);
    void early.then(async own => {
      if (own) {
        spoken = own;
        app.commands.notifyCommandChanged();
        // The settings editor shows what the registry holds.
        await registry?.reload(NOTEBOOKS_PLUGIN).catch(() => null);
      }
    });

    let begun = false;
    const begin = async (): Promise<void> => {
      const [{ Sparkglass }, { Preferences }, own, now] = await Promise.all([
        import('./sparkglass'),
        import('./preferences'),
        speak(),
        settings
      ]);
      const preferences = new Preferences();
      if (now) {
        preferences.follow(now);
      }
      loaded.resolve(new Sparkglass(tracker, preferences, own, themes, app));
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
    return { loaded: loaded.promise, words: early };
  }
};
