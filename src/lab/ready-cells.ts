import type { ITranslation } from '../draw/words';
import { CommandIDs } from './command-ids';
import type { AddCommand } from './commands';
import { sparkglassIcon } from './icon';
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
    trans.__('Own Code for Each Batch (foreachBatch)'),
  batch: (trans: ITranslation) => trans.__('Batch Learner'),
  online: (trans: ITranslation) => trans.__('Online Learner on a Stream'),
  fault: (trans: ITranslation) => trans.__('Fault in a Stream'),
  serve: (trans: ITranslation) => trans.__('Served Model'),
  compare: (trans: ITranslation) => trans.__('Batch and Online Compared')
};
export type ReadyKind = keyof typeof READY_TITLES;

/** Whether something names a ready-made cell. */
const isKind = (value: unknown): value is ReadyKind =>
  typeof value === 'string' && Object.hasOwn(READY_TITLES, value);

/** Where a menu of all ready-made cells opens. */
export type CellMenu = 'toolbar' | 'panel';

const isMenu = (value: unknown): value is CellMenu =>
  value === 'toolbar' || value === 'panel';

/** The code, and what asks for it: few pages need either. */
const chunk = () =>
  import(/* webpackChunkName: "cell-code" */ './insert-cells');

/** The commands that insert a ready-made cell below the active one, and one that shows a streaming DataFrame. */
export function addCellCommands(add: AddCommand, sparkglass: Sparkglass): void {
  const { trans } = sparkglass;
  add(CommandIDs.insertCell, {
    label: ({ kind, menu }) =>
      menu === 'toolbar'
        ? ''
        : isKind(kind)
          ? menu === 'item'
            ? READY_TITLES[kind](trans)
            : trans.__('Insert Cell: %1', READY_TITLES[kind](trans))
          : trans.__('Insert Cell…'),
    caption: trans.__('Insert a ready-made cell for Spark'),
    icon: ({ menu }) => (menu === 'toolbar' ? sparkglassIcon : undefined),
    properties: { kind: { type: 'string' }, menu: { type: 'string' } },
    listed: ['', ...Object.keys(READY_TITLES)].map(kind => ({ kind })),
    execute: async ({ kind, menu }) => {
      const { insertReady, openCellMenu } = await chunk();
      if (isMenu(menu)) {
        openCellMenu(sparkglass, menu);
      } else {
        await insertReady(
          sparkglass,
          isKind(kind) ? kind : null,
          () =>
            import(/* webpackChunkName: "learning-code" */ './learning-code')
        );
      }
    }
  });
  add(CommandIDs.preview, {
    label: trans.__('Preview Streaming DataFrame…'),
    properties: { name: { type: 'string' } },
    execute: async ({ name }) => (await chunk()).insertPreview(sparkglass, name)
  });
}
