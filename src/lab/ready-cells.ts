import type { ITranslation } from '../draw/words';
import { CommandIDs } from './command-ids';
import type { AddCommand } from './commands';
import type { Sparkglass } from './sparkglass';

/** The ready-made cells in the order of the list, and how each is called. */
export const READY_TITLES = {
  session: (trans: ITranslation) => trans.__('Spark Session'),
  rate: (trans: ITranslation) => trans.__('Rate Stream'),
  files: (trans: ITranslation) => trans.__('File Stream with a Generator'),
  socket: (trans: ITranslation) => trans.__('Socket Stream'),
  kafka: (trans: ITranslation) => trans.__('Kafka Stream'),
  window: (trans: ITranslation) => trans.__('Windowed Count with Watermark'),
  batches: (trans: ITranslation) =>
    trans.__('Own Code for Each Batch (foreachBatch)')
};
export type ReadyKind = keyof typeof READY_TITLES;

/** Whether something names a ready-made cell. */
const isKind = (value: unknown): value is ReadyKind =>
  typeof value === 'string' && Object.hasOwn(READY_TITLES, value);

/** The code, and what asks for it: few pages need either. */
const chunk = () =>
  import(/* webpackChunkName: "cell-code" */ './insert-cells');

/** The commands that insert a ready-made cell below the active one, and one that shows a streaming DataFrame. */
export function addCellCommands(add: AddCommand, sparkglass: Sparkglass): void {
  const { trans } = sparkglass;
  add(CommandIDs.insertCell, {
    label: ({ kind }) =>
      isKind(kind)
        ? trans.__('Insert Cell: %1', READY_TITLES[kind](trans))
        : trans.__('Insert Cell…'),
    properties: { kind: { type: 'string' } },
    listed: ['', ...Object.keys(READY_TITLES)].map(kind => ({ kind })),
    execute: async ({ kind }) =>
      (await chunk()).insertReady(sparkglass, isKind(kind) ? kind : null)
  });
  add(CommandIDs.preview, {
    label: trans.__('Preview Streaming DataFrame…'),
    properties: { name: { type: 'string' } },
    execute: async ({ name }) => (await chunk()).insertPreview(sparkglass, name)
  });
}
