import { InputDialog, Notification } from '@jupyterlab/apputils';
import { Menu } from '@lumino/widgets';
import type { ITranslation } from '../draw/words';
import { CELL_CODE, previewCode } from './cell-code';
import { insertBelow } from './cell-places';
import type { LEARNING_CODE, LearningKind } from './learning-code';
import { CommandIDs } from './command-ids';
import { READY_TITLES, type CellMenu, type ReadyKind } from './ready-cells';
import type { Sparkglass } from './sparkglass';

/** A notification that asks nothing stays so long, ms. */
const SHOWN_MS = 8000;

/** Loads the cells about learning. */
export type LoadLearning = () => Promise<{
  readonly LEARNING_CODE: typeof LEARNING_CODE;
}>;

/** Insert a ready-made cell; asks which where it is not said. */
export async function insertReady(
  sparkglass: Sparkglass,
  wanted: ReadyKind | null,
  loadLearning: LoadLearning
): Promise<void> {
  const { trans } = sparkglass;
  const kind = wanted ?? (await askKind(trans));
  if (kind) {
    const code = isLearning(kind)
      ? (await loadLearning()).LEARNING_CODE[kind]
      : CELL_CODE[kind];
    await insert(sparkglass, code(trans));
  }
}

const isLearning = (kind: ReadyKind): kind is LearningKind =>
  !Object.hasOwn(CELL_CODE, kind);

/** Insert a cell that shows a streaming DataFrame; asks which where it is not said. */
export async function insertPreview(
  sparkglass: Sparkglass,
  wanted: unknown
): Promise<void> {
  const name = await askFrame(sparkglass, wanted);
  if (name !== null) {
    await insert(sparkglass, previewCode(name, sparkglass.trans));
  }
}

/** Kinds that a line stands before. */
const FIRST_OF_GROUP: readonly string[] = ['rate', 'batch'];

/** What a menu opens under. */
const ANCHORS: Readonly<Record<CellMenu, string>> = {
  toolbar: `.jp-NotebookPanel:not(.lm-mod-hidden) [data-command="${CommandIDs.insertCell}"]`,
  panel: '.jp-Sparkglass-insertCell'
};

/** Open a menu of all ready-made cells below the button that was pressed. */
export function openCellMenu(sparkglass: Sparkglass, where: CellMenu): void {
  const { commands } = sparkglass;
  const menu = new Menu({ commands });
  menu.addClass('jp-ThemedContainer');
  for (const kind of Object.keys(READY_TITLES)) {
    if (FIRST_OF_GROUP.includes(kind)) {
      menu.addItem({ type: 'separator' });
    }
    menu.addItem({
      command: CommandIDs.insertCell,
      args: { kind, menu: 'item' }
    });
  }
  menu.aboutToClose.connect(() => {
    // What was chosen is executed after it has closed.
    requestAnimationFrame(() => menu.dispose());
  });
  const box = document.querySelector(ANCHORS[where])?.getBoundingClientRect();
  menu.open(box?.left ?? 0, box?.bottom ?? 0);
}

async function askKind(trans: ITranslation): Promise<ReadyKind | null> {
  const titles = Object.values(READY_TITLES).map(title => title(trans));
  const { value } = await InputDialog.getItem({
    title: trans.__('Insert Cell'),
    label: trans.__('A cell that runs as it is'),
    items: titles,
    okLabel: trans.__('Insert'),
    cancelLabel: trans.__('Cancel')
  });
  const kinds = Object.keys(READY_TITLES) as ReadyKind[];
  return kinds[titles.indexOf(value ?? '')] ?? null;
}

/** Which streaming DataFrame of the notebook is meant; asks where there are several, and says so where there is none. */
async function askFrame(
  { current, trans }: Sparkglass,
  wanted: unknown
): Promise<string | null> {
  const application = current?.link.session.latest;
  const names = [...(current?.link.session.dataFrames.values() ?? [])]
    .filter(
      frame => frame.streaming && frame.application === application?.ordinal
    )
    .map(frame => frame.name);
  if (typeof wanted === 'string' && names.includes(wanted)) {
    return wanted;
  }
  if (names.length < 2) {
    if (names.length === 0) {
      Notification.warning(
        trans.__(
          'No variable of this notebook holds a streaming DataFrame. Run a cell that makes one with spark.readStream, then preview it.'
        ),
        { autoClose: SHOWN_MS }
      );
    }
    return names[0] ?? null;
  }
  const { value } = await InputDialog.getItem({
    title: trans.__('Preview Streaming DataFrame'),
    label: trans.__('The variable that holds it'),
    items: names,
    okLabel: trans.__('Insert'),
    cancelLabel: trans.__('Cancel')
  });
  return value;
}

/** Put code into a new cell below the active one, ready to be run from the keyboard. */
async function insert({ current }: Sparkglass, code: string): Promise<void> {
  const panel = current?.panel;
  const below = panel?.content.activeCell?.model.id;
  if (panel && below !== undefined) {
    await insertBelow(panel, below, code);
    panel.content.mode = 'command';
    panel.content.activate();
  }
}
