/**
 * Diagonal lines as a canvas pattern. (Not SVG `<defs>`: an id inside a cell
 * is shared by the whole page and may be taken away with another cell.)
 */
export function hatchPattern(
  context: CanvasRenderingContext2D,
  colour: string,
  ratio: number,
  spacing: number,
  lineWidth: number
): CanvasPattern | string {
  const side = Math.max(2, Math.round(spacing * ratio));
  const tile = context.canvas.ownerDocument.createElement('canvas');
  tile.width = side;
  tile.height = side;
  const pen = tile.getContext('2d');
  if (!pen) {
    return colour;
  }
  pen.strokeStyle = colour;
  pen.lineWidth = lineWidth * ratio;
  pen.beginPath();
  // Three strokes, so that the corners of neighbouring tiles meet.
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift - 1, side + 1);
    pen.lineTo(shift + side + 1, -1);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  if (!pattern) {
    return colour;
  }
  // A pattern follows the context's transform: undo the pixel ratio.
  pattern.setTransform(new DOMMatrix([1 / ratio, 0, 0, 1 / ratio, 0, 0]));
  return pattern;
}
