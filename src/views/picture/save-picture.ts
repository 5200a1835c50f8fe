import type { ITranslation } from '../../draw/words';
import { drawPicture } from '../../draw/picture';
import { LEAST_PNG_RATIO, pngOf } from '../../draw/picture-png';
import { saveFile } from '../save-file';
import { fileName, type PictureKind } from './file-name';

/**
 * Have the browser save what a reader sees of a view.
 *
 * @param name - of the file, without its ending.
 * @returns why it could not, and what to do; null when it could.
 */
export async function savePicture(
  kind: PictureKind,
  node: HTMLElement,
  name: string,
  trans: ITranslation
): Promise<string | null> {
  const ratio = Math.max(LEAST_PNG_RATIO, window.devicePixelRatio);
  let blob: Blob;
  try {
    const picture = drawPicture(node, titleOf(node) ?? name, ratio);
    blob =
      kind === 'svg'
        ? new Blob([picture.svg], { type: 'image/svg+xml' })
        : await pngOf(picture, ratio);
  } catch (error) {
    const reason = String((error as Error).message);
    return kind === 'png'
      ? trans.__(
          'This browser could not paint the picture. Save it as SVG instead. (%1)',
          reason
        )
      : trans.__(
          'The picture could not be drawn. Make the view larger and try again. (%1)',
          reason
        );
  }
  saveFile(fileName(name, kind), blob);
  return null;
}

/** What a view says in one line: its verdict. */
function titleOf(node: HTMLElement): string | null {
  const verdict = node.querySelector('.jp-Sparkglass-verdict');
  return verdict?.getAttribute('title') || verdict?.textContent?.trim() || null;
}
