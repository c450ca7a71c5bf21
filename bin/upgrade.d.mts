/** Moves the embedded database to the major version of this checkout while it is used; an error leaves the old one in place. */
export function upgradeDatabase(options: { readonly dir: string; readonly log: (line: string) => void }): Promise<{
  from: string;
  to: string;
  freeze_s: number;
  tables: number;
  rows: number;
  byContent: number;
  kept: string;
}>;

/** Returns to the folder that the last upgrade kept; nothing may be running. */
export function undoUpgrade(options: { readonly dir: string; readonly log: (line: string) => void }): Promise<void>;
