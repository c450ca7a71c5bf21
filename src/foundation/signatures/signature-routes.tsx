import { page } from '../../platform/http/reply.ts';
import { takeFile } from '../../platform/http/take-file.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { freshForm } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { judgeFile, LARGEST_FILE } from './judge-file.ts';
import { trustFolderOf } from './trust-list.ts';
import { VerifyPage, verifyWords } from './views/verify-page.tsx';

async function verify(request: WebRequest) {
  const own = verifyWords.in(request.locale);
  let file: { name: string; bytes: Buffer | undefined } | undefined;
  await request.form(async ({ field, fileName, stream }) => {
    const bytes = await takeFile(stream, LARGEST_FILE);
    if (field === 'tep' && file === undefined && bytes?.length !== 0) file = { name: fileName.slice(0, 120), bytes };
    return null;
  });
  if (!file?.bytes) {
    const errors = { tep: file ? own.large : own.missing };
    return page(<VerifyPage form={{ values: {}, errors }} found={null} />, { status: 422 });
  }
  const report = await judgeFile(file.bytes, trustFolderOf(request.config), request.now);
  return page(<VerifyPage form={freshForm()} found={{ name: file.name, report }} />);
}

/** The public page where anybody has a file's signatures judged. Nothing of the file is kept. */
export function signatureRoutes(web: Web): void {
  web.get(paths.verifySignature, { access: 'public', cacheSeconds: 300 }, () =>
    page(<VerifyPage form={freshForm()} found={null} />),
  );
  web.post(
    paths.verifySignature,
    {
      access: 'public',
      bodyLimitBytes: LARGEST_FILE + 100_000,
      rateLimit: { name: 'signatures.verify', limit: 30, windowSeconds: 600, by: 'address' },
    },
    verify,
  );
}
