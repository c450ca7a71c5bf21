import type { LocalText } from './problems.ts';

/** How sure the program is of the person behind a session: 1 password, 2 second factor or passkey, 3 national identity. */
export type AssuranceLevel = 1 | 2 | 3;

/** What has to be proven before an act: a level, and how old the proof may be (null: as old as the session). */
export interface AssuranceDemand {
  level: AssuranceLevel;
  freshMinutes: number | null;
}

/** Something that may ask for more than a password. The province changes level and freshness by dated rules; these are the defaults. */
export interface SensitiveAct extends AssuranceDemand {
  readonly name: string;
  readonly title: LocalText;
}

const defined = new Map<string, SensitiveAct>();

/** Declares an act that routes name (`act`), with the level it asks for where the province has no rule of its own. */
export function defineAct(name: string, title: LocalText, demand: AssuranceDemand): SensitiveAct {
  const act = { name, title, ...demand };
  defined.set(name, act);
  return act;
}

/** Every act that the loaded modules declare, by name. */
export const definedActs = (): SensitiveAct[] => [...defined.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
