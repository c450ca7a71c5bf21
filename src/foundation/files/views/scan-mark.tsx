import type { Config } from '../../../platform/config.ts';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { localWords } from '../../../ui/local-words.ts';
import type { FileRow } from '../file-queries.ts';

const words = localWords({
  vi: { unscanned: 'Chưa quét vi-rút', infected: 'Có vi-rút, đã cách ly' },
  en: { unscanned: 'Not yet checked for viruses', infected: 'Holds a virus, in quarantine' },
});

/** What stands beside a file in a list because of viruses. */
export type ScanMarkKind = 'unscanned' | 'infected';

/** The mark of a file, or null: nothing to say, or no scanner is set. */
export function scanMarkOf(
  { clamd }: Pick<Config, 'clamd'>,
  { scanState, erasedAt }: Pick<FileRow, 'scanState' | 'erasedAt'>,
): ScanMarkKind | null {
  if (erasedAt) return null;
  if (scanState === 'infected') return 'infected';
  return clamd !== null && (scanState === null || scanState === 'failed') ? 'unscanned' : null;
}

/** The mark in a coloured box; nothing without one. */
export function ScanMark({ mark }: { mark: ScanMarkKind | null | undefined }) {
  const own = words.use();
  if (!mark) return null;
  return <Tag text={own[mark]} classes={`sen-scan-mark govuk-tag--${mark === 'infected' ? 'red' : 'grey'}`} />;
}
