import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import type { ITranslation } from '../../draw/words';
import type { PictureKind } from './file-name';

const KINDS = ['svg', 'png'] as const;

interface IPictureButtonsProps {
  /** The view's node, when a picture is wanted; null while there is none. */
  readonly view: () => HTMLElement | null;
  /** Of the file, without its ending. */
  readonly name: string;
  readonly trans: ITranslation;
}

/** Two buttons that save a view as a picture; what draws it is loaded when one is first pressed. */
export function PictureButtons({
  view,
  name,
  trans
}: IPictureButtonsProps): ComponentChild {
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (kind: PictureKind): Promise<void> => {
    setProblem(null);
    const node = view();
    if (!node) {
      return;
    }
    try {
      const { savePicture } = await import(
        /* webpackChunkName: "picture" */ './save-picture'
      );
      setProblem(await savePicture(kind, node, name, trans));
    } catch (error) {
      setProblem(
        trans.__(
          'What draws pictures could not be loaded. Is the Jupyter server running? (%1)',
          String((error as Error).message)
        )
      );
    }
  };
  return (
    <span class="jp-Sparkglass-picture" data-sparkglass-no-picture="">
      {problem !== null && (
        <span
          class="jp-Sparkglass-picture-problem"
          role="alert"
          title={problem}
        >
          {problem}
        </span>
      )}
      {KINDS.map(kind => (
        <button
          key={kind}
          type="button"
          class="jp-Sparkglass-button jp-mod-quiet"
          title={kindReason(kind, trans)}
          aria-label={kindWords(kind, trans)}
          onClick={() => void save(kind)}
        >
          {kind.toUpperCase()}
        </button>
      ))}
    </span>
  );
}

function kindWords(kind: PictureKind, trans: ITranslation): string {
  return kind === 'svg' ? trans.__('Save as SVG') : trans.__('Save as PNG');
}

function kindReason(kind: PictureKind, trans: ITranslation): string {
  return kind === 'svg'
    ? trans.__(
        'Save this view as a picture that stays sharp at any size, for slides and papers (SVG)'
      )
    : trans.__('Save this view as a picture that every program can show (PNG)');
}
