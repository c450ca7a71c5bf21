import type { Reader } from '../../../platform/database.ts';
import type { Reply } from '../../../platform/http/reply.ts';
import { tableExport } from '../../../platform/http/table-export.ts';
import { defectTitle } from './defect-words.ts';
import { listDefects, type DefectRow } from '../import-queries.ts';

const PAGE = 5_000;

async function* allDefects(reader: Reader, importId: string): AsyncGenerator<DefectRow> {
  let after = 0;
  for (;;) {
    const rows = await listDefects(reader, importId, { after, limit: PAGE });
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.number;
  }
}

/** All defects of an import as a file, `xlsx` or `csv`. @throws notFound for another format */
export function exportDefects(reader: Reader, importId: string, format: string, locale: 'vi' | 'en'): Promise<Reply> {
  const say = (vi: string, en: string) => (locale === 'en' ? en : vi);
  return tableExport(format, {
    locale,
    name: say('loi-du-lieu-nguon', 'source-defects'),
    rows: allDefects(reader, importId),
    columns: [
      { heading: say('Dòng', 'Line'), value: (row) => row.line, width: 8 },
      { heading: say('Mã thủ tục', 'Procedure'), value: (row) => row.code, width: 14 },
      { heading: say('Lỗi', 'Defect'), value: (row) => defectTitle(row.kind)[locale], width: 40 },
      { heading: say('Vị trí', 'Place'), value: (row) => row.place, width: 26 },
      { heading: say('Nguyên văn', 'Source text'), value: (row) => row.source, width: 80 },
    ],
  });
}
