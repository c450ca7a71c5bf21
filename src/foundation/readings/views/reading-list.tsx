import { useLocale } from '../../../platform/http/page-context.ts';
import { formatDateTime } from '../../../ui/format.ts';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { ReadingWork } from '../reading.ts';
import type { ReadingLine } from '../reading-queries.ts';

export const readingWords = localWords({
  vi: {
    works: {
      handling: 'Giải quyết hồ sơ',
      paper: 'Mở giấy tờ',
      slip: 'In phiếu',
      identity: 'Xem số định danh',
      search: 'Tra cứu',
      export: 'Kết xuất danh sách',
      administration: 'Quản trị tài khoản',
      delegate: 'Người được ủy quyền xem',
    } satisfies Record<ReadingWork, string>,
    subjects: {
      dossier: 'Hồ sơ',
      account: 'Tài khoản',
      delegation: 'Giấy ủy quyền',
      request: 'Yêu cầu về dữ liệu',
      paper: 'Giấy tờ trong kho',
    },
    official: 'Cán bộ',
    noCode: 'chưa có mã',
  },
  en: {
    works: {
      handling: 'Working on the dossier',
      paper: 'Opening a paper',
      slip: 'Printing a slip',
      identity: 'Looking at the identity number',
      search: 'Look-up',
      export: 'Exporting a list',
      administration: 'Administration of accounts',
      delegate: 'A person you gave a mandate',
    },
    subjects: {
      dossier: 'Dossier',
      account: 'Account',
      delegation: 'Mandate',
      request: 'Request about data',
      paper: 'Stored paper',
    },
    official: 'Official',
    noCode: 'no code yet',
  },
});

/** `Nguyễn Văn An` → `N. V. An`: officials are named by post and agency; the name helps to tell two apart. */
export const shortName = (label: string): string => {
  const words = label.trim().split(/\s+/);
  return words.map((word, at) => (at === words.length - 1 ? word : `${Array.from(word)[0] ?? ''}.`)).join(' ');
};

/** Who it was, as the person may know it: an official by post and short name, anybody else as they call themselves. */
export const readerShown = (row: ReadingLine, official: string): string =>
  row.readerKind === 'official' ? `${row.postName ?? official} ${shortName(row.readerLabel)}` : row.readerLabel;

/** Readings, newest first: who, from which agency, when, what for. */
export function ReadingList(props: {
  rows: readonly ReadingLine[];
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  withSubject?: boolean;
}) {
  const locale = useLocale();
  const own = readingWords.use();
  return (
    <ul class="sen-rows sen-rows--small">
      {props.rows.map((row) => {
        const unit = props.unitNames.get(row.unitId ?? '');
        return (
          <li class="sen-row-card">
            <div class="sen-row-card__body">
              <p class="sen-row-card__meta">
                <strong>{readerShown(row, own.official)}</strong>
                {unit && `, ${locale === 'en' ? unit.nameEn : unit.nameVi}`}
                <br />
                {formatDateTime(row.at, locale)} · {row.purpose}
                {props.withSubject && (
                  <>
                    <br />
                    {own.works[row.work]} · {own.subjects[row.subjectKind]}{' '}
                    {row.subjectKind === 'paper' && (
                      <Link to={paths.storedPaper({ id: row.subjectId })}>{row.subjectLabel ?? ''}</Link>
                    )}
                    {row.subjectKind === 'dossier' && (
                      <Link to={paths.myDossier({ id: row.subjectId })}>{row.subjectLabel ?? own.noCode}</Link>
                    )}
                  </>
                )}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
