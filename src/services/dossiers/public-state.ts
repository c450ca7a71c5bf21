import type { Reader } from '../../platform/database.ts';
import { isProblem } from '../../platform/problems.ts';
import { listApplicantContacts } from './deadline-queries.ts';
import type { Dossier, State } from './dossier.ts';
import { dossierNotFound } from './dossier-problems.ts';
import { getDossier, trackDossier } from './read-dossier.ts';
import { inWords } from './slips/slip-words.ts';

/** States as a text message says them: no accents, so that one part holds the answer. */
const WORDS: Record<State, string> = {
  1: 'da gui, cho tiep nhan',
  2: 'da tiep nhan',
  3: 'khong duoc tiep nhan',
  4: 'dang giai quyet',
  5: 'can bo sung giay to',
  6: 'can nop phi, le phi',
  7: 'da rut',
  8: 'da dung giai quyet',
  9: 'da co ket qua, moi den nhan',
  10: 'da tra ket qua',
};
const NOT_FOUND =
  'Khong tim thay ho so, hoac chua du thong tin. Soan: HS ma-ho-so khoa-tra-cuu (khoa ghi tren giay bien nhan), hoac nhan tu so dien thoai da ghi trong ho so.';

/**
 * How far a dossier is, for a text message: to the telephone written in the dossier, or with the secret of the acknowledgement (`code secret`), as on the
 * page of tracking. State and appointment only, no name (NĐ 61/2018 Đ16.2d); a wrong code, a wrong secret and a stranger's telephone get one answer.
 */
export async function publicStateInWords(reader: Reader, argument: string, number: string): Promise<string> {
  const [code = '', secret = ''] = argument.split(' ');
  const dossier = await missingAsNull(getDossier(reader, code));
  if (!dossier) return NOT_FOUND;
  const mayKnow =
    secret === ''
      ? await isOwnNumber(reader, dossier.id, number)
      : (await missingAsNull(trackDossier(reader, code, secret.toUpperCase()))) !== null;
  return mayKnow ? wordsFor(dossier) : NOT_FOUND;
}

function wordsFor(dossier: Dossier): string {
  const due = dossier.finishedAt === null && dossier.pausedAt === null && dossier.dueAt !== null;
  const at = due && dossier.dueAt ? `. Hen tra: ${plain(inWords(dossier.dueAt))}` : '';
  return `Ho so ${dossier.code ?? 'chua co ma'}: ${WORDS[dossier.state]}${at}.`;
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D');

async function isOwnNumber(reader: Reader, dossierId: string, number: string): Promise<boolean> {
  const [contact] = await listApplicantContacts(reader, [dossierId]);
  const digits = (contact?.phone ?? '').replaceAll(/\D/g, '').replace(/^(84|0)/, '');
  return digits.length === 9 && number === `84${digits}`;
}

async function missingAsNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (isProblem(error, dossierNotFound)) return null;
    throw error;
  }
}
