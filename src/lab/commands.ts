import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { CommandIDs } from './command-ids';
import { addCellCommands } from './ready-cells';
import type { Sparkglass } from './sparkglass';

type Commands = JupyterFrontEnd['commands'];
type Options = Parameters<Commands['addCommand']>[1];

/** What commands act on. */
export interface ICommandHost {
  readonly commands: Commands;
  readonly tracker: INotebookTracker;
  readonly sparkglass: Sparkglass;
  readonly palette: ICommandPalette | null;
}

/** A command that needs a notebook. */
export interface INotebookCommand extends Pick<
  Options,
  'label' | 'caption' | 'icon' | 'execute'
> {
  /** What its arguments are, as a JSON schema. */
  readonly properties?: Readonly<Record<string, { readonly type: 'string' }>>;
  /** With which arguments the palette lists it; once, without any, unless given. */
  readonly listed?: readonly Readonly<Record<string, string>>[];
}

/** Adds a command, to the palette too. */
export type AddCommand = (id: string, command: INotebookCommand) => void;

/** Add the commands that need a notebook; the menu names them (`schema/commands.json`). */
export function addCommands(host: ICommandHost): void {
  const { commands, tracker, sparkglass, palette } = host;
  const { trans } = sparkglass;
  const add: AddCommand = (
    command,
    { properties = {}, listed = [{}], ...options }
  ) => {
    commands.addCommand(command, {
      ...options,
      describedBy: { args: { type: 'object', properties } },
      isEnabled: () => tracker.currentWidget !== null
    });
    for (const args of listed) {
      palette?.addItem({ command, category: trans.__('Spark'), args });
    }
  };
  const onStrip = (act: 'toggle' | 'cancelRun' | 'pin') => (): void => {
    const cellId = tracker.activeCell?.model.id;
    if (cellId !== undefined) {
      sparkglass.current?.strips.actionsOf(cellId)[act]();
    }
  };
  add(CommandIDs.toggleStrip, {
    label: trans.__('Open or Close Spark Details of the Cell'),
    caption: trans.__('Show or hide what Spark did for the active cell'),
    execute: onStrip('toggle')
  });
  add(CommandIDs.closeAll, {
    label: trans.__('Close All Spark Details'),
    caption: trans.__('Leave one line of Spark under each cell'),
    execute: () => sparkglass.current?.strips.closeAll()
  });
  add(CommandIDs.cancelCell, {
    label: trans.__('Cancel Spark Jobs of the Cell'),
    caption: trans.__('Cancel all Spark jobs that the active cell has running'),
    execute: onStrip('cancelRun')
  });
  add(CommandIDs.cancelAll, {
    label: trans.__('Cancel All Spark Jobs'),
    caption: trans.__('Cancel every Spark job that this notebook has running'),
    execute: () => sparkglass.current?.link.cancelAll()
  });
  add(CommandIDs.pin, {
    label: trans.__('Pin Spark Details as Output'),
    caption: trans.__(
      'Add what Spark did as an output of the active cell, so that it also shows on GitHub and in exported notebooks'
    ),
    execute: onStrip('pin')
  });
  add(CommandIDs.record, {
    label: () =>
      sparkglass.recordings.isActive(sparkglass.current?.link)
        ? trans.__('Stop Recording')
        : trans.__('Record This Session'),
    caption: trans.__('Write an event log of Spark in the notebook’s folder'),
    execute: () => sparkglass.toggleRecording()
  });
  sparkglass.recordings.changed.connect(() =>
    commands.notifyCommandChanged(CommandIDs.record)
  );
  addCellCommands(add, sparkglass);
  // The toolbar has a button of one of them, and was drawn before.
  commands.notifyCommandChanged();
}
