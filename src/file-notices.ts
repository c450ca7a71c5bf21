import { approveDisposals, manageFiles, type DisposalNews, type Infection } from './foundation/files/index.ts';
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

const disposalMessages = {
  waiting: defineMessage<'number'>('files.disposal-waiting', {
    vi: {
      subject: 'Danh mục hủy tệp {number} chờ duyệt',
      body: 'Danh mục tệp hết thời hạn lưu {number} đã lập xong. Mở trang Hủy tệp hết thời hạn lưu để xem và quyết định. Người lập danh mục không được tự duyệt.',
    },
    en: {
      subject: 'Disposal {number} waits for approval',
      body: 'The list {number} of files whose time of keeping is over is ready. Open the page Disposal of files to look at it and decide. Whoever drew it up may not approve it.',
    },
  }),
  failed: defineMessage<'number'>('files.disposal-failed', {
    vi: {
      subject: 'Đợt hủy tệp {number} gặp lỗi',
      body: 'Đợt hủy tệp {number} dừng vì lỗi và sẽ tự thử lại. Tệp nào đã hủy đều có biên bản; tệp còn lại chưa bị đụng đến. Mở trang Hủy tệp hết thời hạn lưu để xem lý do.',
    },
    en: {
      subject: 'Disposal {number} failed',
      body: 'The disposal {number} stopped and will be tried again. Each file that is gone has its certificate, the others were not touched. Open the page Disposal of files to see why.',
    },
  }),
  done: defineMessage<'number'>('files.disposal-done', {
    vi: {
      subject: 'Đã hủy xong tệp theo danh mục {number}',
      body: 'Đợt hủy tệp {number} đã xong. Mở trang Hủy tệp hết thời hạn lưu để xem kết quả và tải báo cáo.',
    },
    en: {
      subject: 'Disposal {number} is done',
      body: 'The disposal {number} is done. Open the page Disposal of files to see its outcome and take the report.',
    },
  }),
};

/** Tells those who approve of a list that waits, and those who manage the store of what failed (once a day) and what is done. */
export async function tellOfDisposal(tx: Tx, { what, id, number }: DisposalNews): Promise<void> {
  const day = localDate(tx.now);
  const right = what === 'waiting' ? approveDisposals : manageFiles;
  for (const { officerId } of await holdersOf(tx, right.name, NO_UNIT, day))
    await notify(tx, {
      recipient: { kind: 'official', id: officerId },
      template: disposalMessages[what],
      values: { number },
      about: { kind: 'disposal', id },
      link: paths.adminDisposal({ id }),
      key: `files.disposal-${what}/${id}/${what === 'failed' ? `${day}/` : ''}${officerId}`,
    });
}
