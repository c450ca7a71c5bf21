/*
 * Files on their way, kept in the browser, so that a reload loses neither the file nor how far it had come. Names and contents are sealed (AES-GCM)
 * with a key made from the form's token, which belongs to the session and is stored nowhere in the browser: when the session is over, nobody
 * can read what is left, and it goes with the next visit.
 */

/** A file of one control of one page. */
export interface ShelvedFile {
  key: string;
  place: string;
  field: string;
  name: string;
  file: Blob;
  /** Address of the upload once the server knows it. */
  url: string | null;
  isPaused: boolean;
}

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}
/** What lies in the browser: nothing of it says whose file it is or what is in it. */
type Row = Pick<ShelvedFile, 'key' | 'place' | 'field' | 'url' | 'isPaused'> & { at: number; sealed: Sealed };

export interface Shelf {
  shelve(file: ShelvedFile): Promise<void>;
  unshelve(key: string): Promise<void>;
  /** The files of a place that this session put there. */
  shelved(place: string): Promise<ShelvedFile[]>;
}

const DAY_MS = 86_400_000;
const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, fail) => {
    request.addEventListener('success', () => done(request.result));
    request.addEventListener('error', () => fail(request.error ?? new Error('IndexedDB')));
  });

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open('sen-uploads', 2);
  opening.addEventListener('upgradeneeded', () => {
    // The first version kept files as they were: they go.
    if (opening.result.objectStoreNames.contains('files')) opening.result.deleteObjectStore('files');
    opening.result.createObjectStore('files', { keyPath: 'key' });
  });
  const db = await asked(opening);
  return db.transaction('files', mode).objectStore('files');
}

async function keyOf(token: string): Promise<CryptoKey> {
  const text = new TextEncoder();
  const material = await crypto.subtle.importKey('raw', text.encode(token), 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: text.encode('sen-uploads') };
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Name and kind, a line end, and the bytes. */
async function seal(key: CryptoKey, { name, file }: ShelvedFile): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new Blob([`${JSON.stringify([name, file.type])}\n`, file]);
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, await plain.arrayBuffer()) };
}
async function unseal(key: CryptoKey, { iv, bytes }: Sealed): Promise<Pick<ShelvedFile, 'name' | 'file'>> {
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes));
  const end = plain.indexOf(10);
  const [name, type] = JSON.parse(new TextDecoder().decode(plain.subarray(0, end))) as [string, string];
  return { name, file: new Blob([plain.subarray(end + 1)], { type }) };
}

/** Opens the shelf of a session. A browser that keeps nothing (a private window) uploads all the same; only a reload is not survived. */
export function openShelf(token: string): Shelf {
  const opening = keyOf(token);
  opening.catch(() => {});
  const sealed = new Map<string, Promise<Sealed>>();
  const unshelve = async (key: string): Promise<void> => {
    sealed.delete(key);
    await store('readwrite')
      .then((files) => asked(files.delete(key)))
      .catch(() => {});
  };
  return {
    unshelve,
    async shelve(item) {
      const { key, place, field, url, isPaused } = item;
      const once = sealed.get(key) ?? opening.then((secret) => seal(secret, item));
      sealed.set(key, once);
      const put = async (): Promise<void> => {
        const row: Row = { key, place, field, url, isPaused, at: Date.now(), sealed: await once };
        // Taken away while it was being sealed: it must not come back.
        if (sealed.has(key)) await asked((await store('readwrite')).put(row));
      };
      await put().catch(() => {});
    },
    async shelved(place) {
      const rows = await store('readonly')
        .then((files) => asked(files.getAll() as IDBRequest<Row[]>))
        .catch(() => []);
      const found: ShelvedFile[] = [];
      for (const row of rows) {
        const { key, field, url, isPaused } = row;
        if (row.place !== place && Date.now() - row.at < DAY_MS) continue;
        const opened = row.place === place ? await opening.then((secret) => unseal(secret, row.sealed)).catch(() => null) : null; // prettier-ignore
        if (!opened) {
          await unshelve(key);
          continue;
        }
        sealed.set(key, Promise.resolve(row.sealed));
        found.push({ key, place, field, url, isPaused, ...opened });
      }
      return found;
    },
  };
}
