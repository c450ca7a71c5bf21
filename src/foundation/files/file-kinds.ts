/** A kind of file the province accepts: what it is called, how it is recognised, how it may be shown. */
export interface FileKind {
  kind: string;
  extensions: readonly string[];
  mediaType: string;
  /** What the sniffing library calls it; an Office file may come out as a plain container. */
  sniffed: readonly string[];
  /** Compressed containers are looked into before they are kept. */
  isZip?: boolean;
  /** May be shown inside the browser: cannot run script. */
  inline?: boolean;
}

export const fileKinds: readonly FileKind[] = [
  { kind: 'pdf', extensions: ['pdf'], mediaType: 'application/pdf', sniffed: ['application/pdf'], inline: true },
  { kind: 'jpeg', extensions: ['jpg', 'jpeg'], mediaType: 'image/jpeg', sniffed: ['image/jpeg'], inline: true },
  { kind: 'png', extensions: ['png'], mediaType: 'image/png', sniffed: ['image/png'], inline: true },
  { kind: 'tiff', extensions: ['tif', 'tiff'], mediaType: 'image/tiff', sniffed: ['image/tiff'] },
  { kind: 'webp', extensions: ['webp'], mediaType: 'image/webp', sniffed: ['image/webp'], inline: true },
  { kind: 'heic', extensions: ['heic', 'heif'], mediaType: 'image/heic', sniffed: ['image/heic', 'image/heif'] },
  {
    kind: 'docx',
    extensions: ['docx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    sniffed: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/zip'],
    isZip: true,
  },
  {
    kind: 'xlsx',
    extensions: ['xlsx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    sniffed: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/zip'],
    isZip: true,
  },
  {
    kind: 'odt',
    extensions: ['odt'],
    mediaType: 'application/vnd.oasis.opendocument.text',
    sniffed: ['application/vnd.oasis.opendocument.text', 'application/zip'],
    isZip: true,
  },
  { kind: 'zip', extensions: ['zip'], mediaType: 'application/zip', sniffed: ['application/zip'], isZip: true },
  { kind: 'doc', extensions: ['doc'], mediaType: 'application/msword', sniffed: ['application/x-cfb'] },
];

/** What a citizen may attach unless the procedure says otherwise. */
export const defaultPaperKinds: readonly string[] = ['pdf', 'jpeg', 'png', 'webp', 'heic', 'docx'];

export const kindOfName = (fileName: string): FileKind | undefined => {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase();
  return extension === undefined ? undefined : fileKinds.find((k) => k.extensions.includes(extension));
};

export const kindNamed = (kind: string): FileKind | undefined => fileKinds.find((k) => k.kind === kind);

/** Extensions to tell a person about: `PDF, JPG, PNG`. */
export const extensionsOf = (kinds: readonly string[]): string =>
  fileKinds.flatMap((k) => (kinds.includes(k.kind) ? [(k.extensions[0] ?? k.kind).toUpperCase()] : [])).join(', ');
