import { manageFiles, type Infection } from './foundation/files/index.ts';
import { defineMessage, notify } from './foundation/notifications/index.ts';
import { holdersOf } from './foundation/organisations/index.ts';
import { localDate } from './platform/clock.ts';
import type { Tx } from './platform/database.ts';
import { paths } from './ui/paths.ts';

/* Files know neither people nor officials: that an infected file was found is told from here. */

const ownerMessage = defineMessage<'file'>('files.infected-owner', {
  vi: {
    subject: 'Tệp bạn gửi có vi-rút',
    body: 'Tệp “{file}” bạn đã gửi có vi-rút nên đã bị cách ly, không ai mở được.\n\nHãy quét vi-rút trên máy của bạn, rồi gửi lại bản sạch. Nếu cho rằng có nhầm lẫn, hãy gọi tổng đài.',
  },
  en: {
    subject: 'A file you sent holds a virus',
    body: 'The file “{file}” that you sent holds a virus. It is in quarantine, nobody can open it.\n\nClean your device, then send a clean copy. If you think it is a mistake, call us.',
  },
});
const administratorMessage = defineMessage<'file' | 'signature'>('files.infected-administrator', {
  vi: {
    subject: 'Phát hiện tệp có vi-rút',
    body: 'Tệp “{file}” có vi-rút ({signature}) và đã được cách ly. Người gửi đã được báo. Mở trang Tệp bị cách ly để xem và quyết định.',
  },
  en: {
    subject: 'An infected file was found',
    body: 'The file “{file}” holds a virus ({signature}) and is in quarantine. The sender has been told. Open the page of files in quarantine to decide.',
  },
});

// No unit has it: only those who manage files for the whole province hold the right over it.
const NO_UNIT = '00000000-0000-0000-0000-000000000000';

/** Tells whoever sent the files, and those who manage the store. Once each, however often the job is tried. */
export async function tellOfInfection(tx: Tx, { digest, signature, files }: Infection): Promise<void> {
  for (const file of files)
    await notify(tx, {
      recipient: { kind: file.isByOfficial ? 'official' : 'account', id: file.uploadedBy },
      template: ownerMessage,
      values: { file: file.fileName },
      about: { kind: file.ownerKind, id: file.ownerId },
      key: `files.infected/${file.id}`,
    });
  for (const { officerId } of await holdersOf(tx, manageFiles.name, NO_UNIT, localDate(tx.now)))
    await notify(tx, {
      recipient: { kind: 'official', id: officerId },
      template: administratorMessage,
      values: { file: files[0]?.fileName ?? digest, signature },
      link: paths.adminInfected(),
      key: `files.infected/${digest}/${officerId}`,
    });
}
