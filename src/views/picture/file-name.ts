/** What a picture can be saved as. */
export type PictureKind = 'svg' | 'png';

/** A file's name on every system: ids of applications come from clusters, and may hold anything. */
export function fileName(name: string, kind: PictureKind): string {
  const safe = name
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f<>:"/\\|?*]+/g, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120);
  return `${safe || 'spark'}.${kind}`;
}
