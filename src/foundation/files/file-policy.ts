import type { Reader, Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { findSetting, saveSetting } from '../../platform/settings.ts';
import { publish } from '../../platform/events.ts';
import { bytesOfPerson, bytesOfUnit } from './care-queries.ts';
import { policyChanged } from './file-events.ts';
import { noRoomLeft, policyWrong } from './file-problems.ts';
import { defaultPictureRules, type PictureRules } from './straighten-picture.ts';

/** How the province keeps files; administrators change it while the program runs. */
export interface FilePolicy {
  /** What happens to a file that the scanner has not looked at: nobody opens it, or it opens with a mark. */
  whenUnscanned: 'block' | 'mark';
  /** Clean files are looked at again with new signatures for so many days. */
  rescanDays: number;
  pictures: PictureRules;
  /** Room of a person for papers and drafts, and of a unit for what its officials upload; null: no limit. */
  personBytes: number | null;
  unitBytes: number | null;
}

const KEY = 'files.policy';
export const defaultPolicy: FilePolicy = {
  whenUnscanned: 'mark',
  rescanDays: 30,
  pictures: defaultPictureRules,
  personBytes: 500_000_000,
  unitBytes: null,
};

export const readPolicy = async (reader: Reader): Promise<FilePolicy> => ({
  ...defaultPolicy,
  ...(await findSetting<Partial<FilePolicy>>(reader, KEY))?.value,
});
export async function readPolicyVersion(reader: Reader): Promise<{ policy: FilePolicy; version: number }> {
  const known = await findSetting<Partial<FilePolicy>>(reader, KEY);
  return { policy: { ...defaultPolicy, ...known?.value }, version: known?.version ?? 0 };
}

/** @throws policyWrong, staleVersion */
export async function savePolicy(tx: Tx, policy: FilePolicy, version: number): Promise<void> {
  const { longSide, quality } = policy.pictures;
  const isRight =
    longSide >= 800 &&
    longSide <= 12_000 &&
    quality >= 40 &&
    quality <= 100 &&
    policy.rescanDays >= 0 &&
    policy.rescanDays <= 3_650 &&
    (policy.personBytes === null || policy.personBytes >= 1_000_000) &&
    (policy.unitBytes === null || policy.unitBytes >= 1_000_000);
  if (!isRight) throw problem(policyWrong);
  await saveSetting(tx, KEY, policy, version);
  publish(tx, policyChanged, { subject: { kind: 'setting', id: KEY }, payload: policy });
}

/** Holds a person to the room they have for papers and drafts. @throws noRoomLeft */
export async function demandRoom(reader: Reader, personId: string, sizeBytes: number): Promise<void> {
  const { personBytes } = await readPolicy(reader);
  if (personBytes !== null && (await bytesOfPerson(reader, personId)) + sizeBytes > personBytes)
    throw problem(noRoomLeft, { limitBytes: personBytes });
}

/** Holds a unit to the room it has for what its officials upload. @throws noRoomLeft */
export async function demandUnitRoom(reader: Reader, unitId: string, sizeBytes: number): Promise<void> {
  const { unitBytes } = await readPolicy(reader);
  if (unitBytes !== null && (await bytesOfUnit(reader, unitId)) + sizeBytes > unitBytes)
    throw problem(noRoomLeft, { limitBytes: unitBytes });
}
