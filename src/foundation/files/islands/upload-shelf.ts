/* Files on their way, kept in the browser, so that a reload loses neither the file nor how far it had come. */

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

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, fail) => {
    request.addEventListener('success', () => done(request.result));
    request.addEventListener('error', () => fail(request.error ?? new Error('IndexedDB')));
  });

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open('sen-uploads', 1);
  opening.addEventListener('upgradeneeded', () => void opening.result.createObjectStore('files', { keyPath: 'key' }));
  const db = await asked(opening);
  return db.transaction('files', mode).objectStore('files');
}

// A browser that keeps nothing (a private window) uploads all the same; only a reload is not survived.
export const shelve = async (file: ShelvedFile): Promise<void> => {
  await store('readwrite')
    .then((files) => asked(files.put(file)))
    .catch(() => {});
};
export const unshelve = async (key: string): Promise<void> => {
  await store('readwrite')
    .then((files) => asked(files.delete(key)))
    .catch(() => {});
};
export const shelved = async (place: string): Promise<ShelvedFile[]> => {
  const all = await store('readonly')
    .then((files) => asked(files.getAll() as IDBRequest<ShelvedFile[]>))
    .catch(() => []);
  return all.filter((each) => each.place === place);
};
