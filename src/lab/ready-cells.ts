import type { ITranslation } from '../draw/words';
import { CommandIDs } from './command-ids';
import type { ICommandHost } from './commands';

/** The cells that there are, as the list shows them. */
export const READY_KINDS = [
  'session',
  'rate',
  'files',
  'socket',
  'kafka',
  'window',
  'batches'
] as const;
export type ReadyKind = (typeof READY_KINDS)[number];

/** How a cell is called. */
export function titleOf(kind: ReadyKind, trans: ITranslation): string {
  switch (kind) {
    case 'session':
      return trans.__('Spark Session');
    case 'rate':
      return trans.__('Rate Stream');
    case 'files':
      return trans.__('File Stream with a Generator');
    case 'socket':
      return trans.__('Socket Stream');
    case 'kafka':
      return trans.__('Kafka Stream');
    case 'window':
      return trans.__('Windowed Count with Watermark');
    case 'batches':
      return trans.__('Own Code for Each Batch (foreachBatch)');
  }
}

const kindOf = (value: unknown): ReadyKind | undefined =>
  READY_KINDS.find(kind => kind === value);

/** The code, and what asks for it: few pages need either. */
const chunk = () =>
  import(/* webpackChunkName: "cell-code" */ './insert-cells');

/** The commands that insert a ready-made cell below the active one, and one that shows a streaming DataFrame. */
export function addCellCommands(host: ICommandHost): void {
  const { commands, tracker, sparkglass, palette } = host;
  const { trans } = sparkglass;
  const category = trans.__('Spark');
  const isEnabled = (): boolean => tracker.currentWidget !== null;
  commands.addCommand(CommandIDs.insertCell, {
    label: ({ kind }) => {
      const known = kindOf(kind);
      return known
        ? trans.__('Insert Cell: %1', titleOf(known, trans))
        : trans.__('Insert Cell…');
    },
    describedBy: {
      args: {
        type: 'object',
        properties: { kind: { type: 'string', enum: [...READY_KINDS] } }
      }
    },
    isEnabled,
    execute: async ({ kind }) =>
      (await chunk()).insertReady(sparkglass, kindOf(kind))
  });
  commands.addCommand(CommandIDs.preview, {
    label: trans.__('Preview Streaming DataFrame…'),
    describedBy: {
      args: { type: 'object', properties: { name: { type: 'string' } } }
    },
    isEnabled,
    execute: async ({ name }) => (await chunk()).insertPreview(sparkglass, name)
  });
  palette?.addItem({ command: CommandIDs.preview, category });
  for (const kind of ['', ...READY_KINDS]) {
    const command = CommandIDs.insertCell;
    palette?.addItem({ command, category, args: { kind } });
  }
}
