import type { Reader } from '../../platform/database.ts';
import { formatDate } from '../../ui/format.ts';
import { localDate } from '../../platform/clock.ts';
import { listTaken, type TakenPaper } from './use-queries.ts';

/** Where a file of a dossier came from, in both languages. */
export interface OriginWords {
  vi: string;
  en: string;
}

/** Of these files those that came from a person's store, with what the paper was when it was taken. */
export async function originsOf(reader: Reader, fileIds: readonly string[]): Promise<Map<string, TakenPaper>> {
  if (fileIds.length === 0) return new Map();
  return new Map((await listTaken(reader, fileIds)).map((row) => [row.fileId, row]));
}

const FROM: Record<TakenPaper['source'], OriginWords> = {
  result: { vi: 'kết quả do cơ quan trả', en: 'result returned by an authority' },
  dossier: { vi: 'giấy tờ của một hồ sơ trước', en: 'paper of an earlier dossier' },
  uploaded: { vi: 'do người dân tải lên', en: 'uploaded by the person' },
};
export const fromStore: OriginWords = {
  vi: 'từ kho dữ liệu điện tử cá nhân',
  en: 'from the personal data store',
};

/**
 * "từ kho dữ liệu điện tử cá nhân · kết quả do cơ quan trả · lưu ngày 12/03/2026 · đã xác thực" (NĐ 107/2021/NĐ-CP, at second hand: whoever
 * handles the dossier sees which papers were taken from the store).
 */
export function originInWords(taken: TakenPaper): OriginWords {
  const day = formatDate(localDate(taken.keptAt));
  return {
    vi: [
      fromStore.vi,
      FROM[taken.source].vi,
      `lưu ngày ${day}`,
      taken.isVerified ? 'đã xác thực' : 'chưa xác thực',
    ].join(' · '),
    en: [fromStore.en, FROM[taken.source].en, `kept on ${day}`, taken.isVerified ? 'verified' : 'not verified'].join(
      ' · ',
    ),
  };
}
