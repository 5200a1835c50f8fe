import type { IPicture } from './picture';

/** A slide is shown larger than the page was: at least two device pixels to a CSS pixel. */
export const LEAST_PNG_RATIO = 2;

/**
 * Paint a picture's SVG as PNG.
 *
 * @param ratio - device pixels of a CSS pixel.
 * @throws Error (as a rejection) when the browser cannot paint it: it may be larger than a canvas can be.
 */
export async function pngOf(
  { svg, width, height }: IPicture,
  ratio: number
): Promise<Blob> {
  const address = URL.createObjectURL(
    new Blob([svg], { type: 'image/svg+xml' })
  );
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas
      .getContext('2d')
      ?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>(done =>
      canvas.toBlob(done, 'image/png')
    );
    if (!blob) {
      throw new Error(`${canvas.width} × ${canvas.height}`);
    }
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}
