import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { CommandIDs } from './command-ids';
import { addCellCommands } from './ready-cells';
import type { Sparkglass } from './sparkglass';

/** What commands act on. */
export interface ICommandHost {
  readonly commands: JupyterFrontEnd['commands'];
  readonly tracker: INotebookTracker;
  readonly sparkglass: Sparkglass;
  readonly palette: ICommandPalette | null;
}

/** Add the commands that need a notebook, to the palette too; the menu names them (`schema/commands.json`). */
export function addCommands(host: ICommandHost): void {
  const { commands, tracker, sparkglass, palette } = host;
  const { trans } = sparkglass;
  const args = { args: { type: 'object', properties: {} } } as const;
  const isEnabled = (): boolean => tracker.currentWidget !== null;
  const onCell = (act: (cellId: string) => unknown) => (): unknown => {
    const cellId = tracker.activeCell?.model.id;
    return cellId === undefined ? undefined : act(cellId);
  };
  commands.addCommand(CommandIDs.toggleStrip, {
    label: trans.__('Open or Close Spark Details of the Cell'),
    caption: trans.__('Show or hide what Spark did for the active cell'),
    describedBy: args,
    isEnabled,
    execute: onCell(cellId => {
      sparkglass.current?.strips.actionsOf(cellId).toggle();
    })
  });
  commands.addCommand(CommandIDs.closeAll, {
    label: trans.__('Close All Spark Details'),
    caption: trans.__('Leave one line of Spark under each cell'),
    describedBy: args,
    isEnabled,
    execute: () => sparkglass.current?.strips.closeAll()
  });
  commands.addCommand(CommandIDs.cancelCell, {
    label: trans.__('Cancel Spark Jobs of the Cell'),
    caption: trans.__('Cancel all Spark jobs that the active cell has running'),
    describedBy: args,
    isEnabled,
    execute: onCell(cellId => {
      sparkglass.current?.strips.actionsOf(cellId).cancelRun();
    })
  });
  commands.addCommand(CommandIDs.cancelAll, {
    label: trans.__('Cancel All Spark Jobs'),
    caption: trans.__('Cancel every Spark job that this notebook has running'),
    describedBy: args,
    isEnabled,
    execute: () => sparkglass.current?.link.cancelAll()
  });
  commands.addCommand(CommandIDs.pin, {
    label: trans.__('Pin Spark Details as Output'),
    caption: trans.__(
      'Add what Spark did as an output of the active cell, so that it also shows on GitHub and in exported notebooks'
    ),
    describedBy: args,
    isEnabled,
    execute: onCell(cellId => {
      sparkglass.current?.strips.actionsOf(cellId).pin();
    })
  });
  sparkglass.recordings.changed.connect(() =>
    commands.notifyCommandChanged(CommandIDs.record)
  );
  commands.addCommand(CommandIDs.record, {
    label: () =>
      sparkglass.recordings.isActive(sparkglass.current?.link)
        ? trans.__('Stop Recording')
        : trans.__('Record This Session'),
    caption: trans.__('Write an event log of Spark in the notebook’s folder'),
    describedBy: args,
    isEnabled,
    execute: () => sparkglass.toggleRecording()
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
  addCellCommands(host);
}
