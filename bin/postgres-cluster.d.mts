interface Home {
  readonly programs: string;
  readonly data: string;
  readonly user: { readonly name: string; readonly uid: number; readonly gid: number } | undefined;
}
/** Makes a cluster with the home's programs; returns its password. */
export function initialise(home: Home, purpose: string, password?: string): string;
