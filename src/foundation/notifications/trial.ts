import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { findSetting, saveSetting, type Setting } from '../../platform/settings.ts';
import { trialChanged } from './notification-events.ts';
import { internationalNumber } from './sms-text.ts';

/**
 * How far messages may go. `live`: to everybody. `team`: only to the addresses of those who try the system out. `test`: nothing leaves the house.
 * A message may ask for less than the province allows, never for more.
 */
export const messageModes = ['live', 'team', 'test'] as const;
export type MessageMode = (typeof messageModes)[number];
export interface Trial {
  mode: MessageMode;
  /** E-mail addresses in small letters, telephone numbers in international form. */
  team: readonly string[];
}
const noTrial: Trial = { mode: 'live', team: [] };
const SETTING = 'notifications.trial';
export const MAX_TEAM = 100;

/** What stands for the provider of a message that was kept: by its own mode, or by the province's. */
export const keptBy = { test: 'test', trial: 'trial', outbox: 'outbox' } as const;

/** The province's mode with its version for saving (0: never set). */
export async function findTrial(reader: Reader): Promise<Pick<Setting<Trial>, 'value' | 'version'>> {
  return (await findSetting<Trial>(reader, SETTING)) ?? { value: noTrial, version: 0 };
}

/** Sets how far messages go and who tries them out. @throws staleVersion */
export async function saveTrial(tx: Tx, trial: Trial, seenVersion: number): Promise<void> {
  await saveSetting(tx, SETTING, trial, seenVersion);
  publish(tx, trialChanged, {
    subject: { kind: 'setting', id: SETTING },
    payload: { mode: trial.mode, team: trial.team.length },
  });
}

const isMail = (text: string): boolean => /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(text);
/** One address as it is compared; null when it is neither an e-mail address nor a mobile number of Viet Nam. */
export const teamAddress = (text: string): string | null =>
  internationalNumber(text) ?? (isMail(text) ? text.toLowerCase() : null);

/** Reads a list typed one on a line: the addresses, each once, and the lines that are none. */
export function readTeam(text: string): { team: string[]; wrong: string[] } {
  const lines = text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = lines.map((line) => ({ line, address: teamAddress(line) }));
  return {
    team: [...new Set(read.flatMap(({ address }) => address ?? []))],
    wrong: read.filter(({ address }) => address === null).map(({ line }) => line),
  };
}

export const isOfTeam = (trial: Trial, address: string): boolean =>
  trial.team.includes(teamAddress(address) ?? address);
