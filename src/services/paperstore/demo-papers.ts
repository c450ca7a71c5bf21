import { demoAccounts, findApplicantAccount } from '../../foundation/identity/index.ts';
import { listFilesByIds } from '../../foundation/files/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { getDossier, listOwnDossiers, readDossierFile } from '../dossiers/index.ts';
import { keepResults } from './keep-from-dossier.ts';
import { blobOf, keepPaper } from './keep-paper.ts';
import { countPapers } from './paper-queries.ts';
import { dayAfter, type PaperFacts } from './stored-paper.ts';

/** The demo citizen has results in her store, an identity card that expires soon, and papers of her own. */
export async function loadDemoPapers({ db, clock, config }: AppContext): Promise<void> {
  const login = demoAccounts.find((each) => each.role === 'citizen')?.login ?? '';
  const owner = await findApplicantAccount(db.reader, login);
  if (!owner || (await countPapers(db.reader, owner.id)) > 0) return;
  const rows = await listOwnDossiers(db.reader, owner.id, { after: null, limit: 20 });
  await inTransaction(db, { actor: systemActor('demo'), clock }, async (tx) => {
    const today = localDate(tx.now);
    const own: PaperFacts[] = [
      {
        kind: 'can-cuoc',
        name: 'Căn cước',
        number: '040190000017',
        issuer: 'Bộ Công an',
        issuedOn: dayAfter(today, -3_600),
        validUntil: dayAfter(today, 20),
      },
      {
        kind: 'suc-khoe',
        name: 'Giấy khám sức khỏe',
        number: null,
        issuer: 'Bệnh viện Hữu nghị Đa khoa Nghệ An',
        issuedOn: dayAfter(today, -400),
        validUntil: dayAfter(today, -35),
      },
      {
        kind: 'giay-chung-sinh',
        name: 'Giấy chứng sinh của bé Khôi',
        number: '1208/2026',
        issuer: 'Bệnh viện Sản Nhi Nghệ An',
        issuedOn: dayAfter(today, -15),
        validUntil: null,
      },
    ];
    for (const row of rows) {
      const dossier = await readDossierFile(tx, await getDossier(tx, row.id));
      if (row.state === 10) await keepResults(tx, config, dossier);
      const fileId = dossier.papers.find((paper) => paper.fileId !== null)?.fileId;
      const [file] = fileId ? await listFilesByIds(tx, [fileId]) : [];
      const facts = file && own.shift();
      if (file && facts) await keepPaper(tx, owner.id, facts, blobOf(file));
    }
  });
}
