/** Bytes as base64: notebooks are JSON. */
export function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // A call takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  }
  return btoa(pieces.join(''));
}

/**
 * The bytes of a base64 text.
 *
 * @throws DOMException when it is none.
 */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text), c => c.charCodeAt(0));
}
