interface Home {
  readonly programs: string;
  readonly data: string;
  readonly user: { readonly name: string; readonly uid: number; readonly gid: number } | undefined;
}
/** Programs, folder and user of the cluster asked for as `dir`. */
export function postgresHome(dir: string, remembered: string | undefined): Home;
/** The programs of a major version, where that user can run them. */
export function programsOfMajor(major: string, user: Home['user']): string;
