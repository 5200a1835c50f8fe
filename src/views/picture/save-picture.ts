import { drawPicture } from '../../draw/picture';
import { LEAST_PNG_RATIO, pngOf } from '../../draw/picture-png';
import { saveFile } from '../save-file';
import { fileName, type PictureKind } from './file-name';

/**
 * Have the browser save what a reader sees of a view.
 *
 * @param name - of the file, without its ending.
 * @throws Error (as a rejection) when the view has no size, or the browser cannot paint it.
 */
export async function savePicture(
  kind: PictureKind,
  node: HTMLElement,
  name: string
): Promise<void> {
  const ratio = Math.max(LEAST_PNG_RATIO, window.devicePixelRatio);
  const picture = drawPicture(node, titleOf(node) ?? name, ratio);
  const blob =
    kind === 'svg'
      ? new Blob([picture.svg], { type: 'image/svg+xml' })
      : await pngOf(picture, ratio);
  saveFile(fileName(name, kind), blob);
}

/** What a view says in one line: its verdict. */
function titleOf(node: HTMLElement): string | null {
  const verdict = node.querySelector('.jp-Sparkglass-verdict');
  return verdict?.textContent?.trim() || null;
}
