import type { Readable } from 'node:stream';

/** A place for blobs beyond the folder, by digest. Everything in it is whole or not there. */
export interface RemoteStore {
  /** Puts bytes (or a file of them) under their digest; durable and of the right size when it resolves. */
  put(sha256: Buffer, source: Buffer | { path: string; sizeBytes: number }): Promise<void>;
  /** @throws when it is not there */
  get(sha256: Buffer): Promise<Readable>;
  /** Size of what lies there, or null. */
  sizeOf(sha256: Buffer): Promise<number | null>;
  remove(sha256: Buffer): Promise<void>;
  /** Everything that lies there. */
  list(): AsyncGenerator<{ sha256: Buffer; sizeBytes: number; modifiedAt: Date }>;
}

interface Attached {
  store: RemoteStore;
  /** New bytes go there; else it is only read, while files move from one place to the other. */
  isPrimary: boolean;
}
const attached = new Map<string, Attached>();

/** Lets the files of `folder` have a second home, from now on in this process. */
export function attachRemote(folder: string, store: RemoteStore, isPrimary: boolean): void {
  attached.set(folder, { store, isPrimary });
}
export const remoteOf = (folder: string): RemoteStore | null => attached.get(folder)?.store ?? null;
/** The remote store when new bytes go there. */
export function primaryRemoteOf(folder: string): RemoteStore | null {
  const known = attached.get(folder);
  return known?.isPrimary ? known.store : null;
}
