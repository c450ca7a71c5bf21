export interface BatchOptions {
  /** Most items in one batch. */
  maxBatch?: number;
  /** Batches under way at once. */
  inFlight?: number;
  /** Most items waiting before `submit` refuses: a limit reached is a clear message, not a slow death. */
  maxWaiting?: number;
  /** True for a failure that is nobody's own (the database is away): all of the batch fail with it, and it is not cut in halves. */
  isShared?: (error: unknown) => boolean;
}

export class BatchOverload extends Error {
  override name = 'BatchOverload';
}

/**
 * Group commit: while some batches are under way, further items gather; each caller's promise settles after the durable
 * commit of the batch that held it. There is no timer: a batch goes at the end of the turn of the event loop in which its first item came, with
 * all that came in the same turn, so that a crowd does not wait behind its first member and a lone item not at all. `write` must be all or nothing; when it throws, the batch is
 * cut in halves until the item at fault stands alone, so that one bad row fails only its own caller.
 */
export function createBatcher<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  { maxBatch = 256, inFlight = 2, maxWaiting = 20_000, isShared = () => false }: BatchOptions = {},
): (item: Item) => Promise<Result> {
  interface Waiting {
    item: Item;
    resolve(result: Result): void;
    reject(error: unknown): void;
  }
  const queue: Waiting[] = [];
  let running = 0;
  let isPumpDue = false;

  async function settle(batch: Waiting[]): Promise<void> {
    try {
      const results = await write(batch.map((w) => w.item));
      batch.forEach((w, i) => w.resolve(results[i] as Result));
    } catch (error) {
      if (batch.length === 1 || isShared(error)) return batch.forEach((w) => w.reject(error));
      const middle = batch.length >> 1;
      await settle(batch.slice(0, middle));
      await settle(batch.slice(middle));
    }
  }

  function pump(): void {
    while (running < inFlight && queue.length > 0) {
      running++;
      void settle(queue.splice(0, maxBatch)).finally(() => {
        running--;
        pump();
      });
    }
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      if (queue.length >= maxWaiting) return reject(new BatchOverload(`${maxWaiting} items are waiting`));
      queue.push({ item, resolve, reject });
      if (isPumpDue || running >= inFlight) return;
      isPumpDue = true;
      setImmediate(() => {
        isPumpDue = false;
        pump();
      });
    });
}
