import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from './command-ids';
import { lateWords } from './late-words';
import type { Sparkglass } from './sparkglass';
import { ISparkglass } from './tokens';

/** Commands for the palette and the menu (`schema/commands.json`). */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:commands',
  description: 'Commands of strips and panel.',
  autoStart: true,
  requires: [ISparkglass, INotebookTracker],
  optional: [ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    service: ISparkglass,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = lateWords(translator, service);
    const args = { args: { type: 'object', properties: {} } } as const;
    const isEnabled = (): boolean => tracker.currentWidget !== null;
    /** Run something on the notebook in front, once Sparkglass is there. */
    const onCurrent =
      (act: (sparkglass: Sparkglass, cellId: string | null) => unknown) =>
      async (): Promise<void> => {
        const sparkglass = await service.loaded;
        await act(sparkglass, tracker.activeCell?.model.id ?? null);
      };
    app.commands.addCommand(CommandIDs.toggleStrip, {
      label: () => trans.__('Open or Close Spark Details of the Cell'),
      caption: () =>
        trans.__('Show or hide what Spark did for the active cell'),
      describedBy: args,
      isEnabled,
      execute: onCurrent((sparkglass, cellId) => {
        if (cellId !== null) {
          sparkglass.current?.strips.actionsOf(cellId).toggle();
        }
      })
    });
    app.commands.addCommand(CommandIDs.closeAll, {
      label: () => trans.__('Close All Spark Details'),
      caption: () => trans.__('Leave one line of Spark under each cell'),
      describedBy: args,
      isEnabled,
      execute: onCurrent(sparkglass => sparkglass.current?.strips.closeAll())
    });
    app.commands.addCommand(CommandIDs.cancelCell, {
      label: () => trans.__('Cancel Spark Jobs of the Cell'),
      caption: () =>
        trans.__('Cancel all Spark jobs that the active cell has running'),
      describedBy: args,
      isEnabled,
      execute: onCurrent((sparkglass, cellId) => {
        if (cellId !== null) {
          sparkglass.current?.strips.actionsOf(cellId).cancelRun();
        }
      })
    });
    app.commands.addCommand(CommandIDs.cancelAll, {
      label: () => trans.__('Cancel All Spark Jobs'),
      caption: () =>
        trans.__('Cancel every Spark job that this notebook has running'),
      describedBy: args,
      isEnabled,
      execute: onCurrent(sparkglass => sparkglass.current?.link.cancelAll())
    });
    app.commands.addCommand(CommandIDs.pin, {
      label: () => trans.__('Pin Spark Details as Output'),
      caption: () =>
        trans.__(
          'Add what Spark did as an output of the active cell, so that it also shows on GitHub and in exported notebooks'
        ),
      describedBy: args,
      isEnabled,
      execute: onCurrent((sparkglass, cellId) => {
        if (cellId !== null) {
          sparkglass.current?.strips.actionsOf(cellId).pin();
        }
      })
    });
    let loaded: Sparkglass | null = null;
    void service.loaded.then(sparkglass => {
      loaded = sparkglass;
      sparkglass.recordings.changed.connect(() =>
        app.commands.notifyCommandChanged(CommandIDs.record)
      );
    });
    app.commands.addCommand(CommandIDs.record, {
      label: () =>
        loaded?.recordings.isActive(loaded.current?.link)
          ? trans.__('Stop Recording')
          : trans.__('Record This Session'),
      caption: () =>
        trans.__('Write an event log of Spark in the notebook’s folder'),
      describedBy: args,
      isEnabled,
      execute: onCurrent(sparkglass => sparkglass.toggleRecording())
    });
    for (const command of [
      CommandIDs.toggleStrip,
      CommandIDs.closeAll,
      CommandIDs.cancelCell,
      CommandIDs.cancelAll,
      CommandIDs.pin,
      CommandIDs.record
    ]) {
      palette?.addItem({ command, category: trans.__('Spark') });
    }
  }
};
