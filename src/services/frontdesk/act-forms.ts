import type { StoredBlob } from '../../foundation/files/index.ts';
import { registerFile } from '../../foundation/files/index.ts';
import type { Actor } from '../../platform/access.ts';
import { instantOf } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { isId } from '../../platform/ids.ts';
import type { LocalText } from '../../platform/problems.ts';
import { parseDay } from '../../platform/day.ts';
import {
  answerSupplement,
  approveDossier,
  assignDossier,
  checkPapers,
  completeDossier,
  extendDossier,
  finishStep,
  receiveDossier,
  recordFee,
  refuseDossier,
  requestFee,
  requestSupplement,
  returnResult,
  sendBack,
  startStep,
  stopDossier,
  withdrawDossier,
  type Act,
  type Channel,
  type Dossier,
  type DossierFile,
  type DossierReference,
  type FeePayment,
  type PaperCheck,
  type SupplementItem,
} from '../dossiers/index.ts';

/* The forms of the acts: what was typed is read, what is wrong is said by field, and what is right becomes one call of a use case. */

export type DeskAct = Exclude<Act, 'takeBack'>;
/** Uploaded files by field; their bytes are in the store already. */
export type Uploads = ReadonlyMap<string, StoredBlob>;
export type Errors = Record<string, LocalText>;
type Run = (tx: Tx, actor: Actor, reference: DossierReference) => Promise<Dossier>;
export interface ReadAct {
  errors: Errors;
  run: Run;
}
type Reader = (form: URLSearchParams, file: DossierFile, uploads: Uploads) => ReadAct;

const needed: LocalText = { vi: 'Hãy điền ô này', en: 'Fill in this field' };
const tooLong = (limit: number): LocalText => ({
  vi: `Viết ngắn lại, nhiều nhất ${limit} chữ cái`,
  en: `Write less, at most ${limit} characters`,
});
export const maxText = 2_000;

/** Reads fields one by one and keeps what is wrong with them. */
function fieldsOf(form: URLSearchParams) {
  const errors: Errors = {};
  const text = (name: string, limit = maxText): string => {
    const typed = (form.get(name) ?? '').trim();
    if (typed.length > limit) errors[name] = tooLong(limit);
    return typed;
  };
  const required = (name: string, message = needed, limit = maxText): string => {
    const typed = text(name, limit);
    if (typed === '') errors[name] = message;
    return typed;
  };
  return { errors, text, required };
}

const reasonNeeded: LocalText = {
  vi: 'Hãy ghi rõ lý do, người nộp sẽ đọc được',
  en: 'Write the reason; the applicant will read it',
};
const basisNeeded: LocalText = {
  vi: 'Hãy ghi căn cứ pháp lý: điều, khoản, văn bản',
  en: 'Name the legal basis: article, clause, document',
};
const count = (typed: string | null): number | null => (/^\d{1,3}$/.test((typed ?? '').trim()) ? Number(typed) : null);

/** What a clerk marked on the checklist; papers left unmarked are not touched. */
export function readChecks(
  form: URLSearchParams,
  file: Pick<DossierFile, 'papers'>,
): { errors: Errors; checks: PaperCheck[] } {
  const errors: Errors = {};
  const checks: PaperCheck[] = [];
  for (const paper of file.papers) {
    const mark = form.get(`p-${paper.id}`);
    if (mark !== 'yes' && mark !== 'no') continue;
    const remark = (form.get(`p-${paper.id}-remark`) ?? '').trim();
    if (remark.length > 500) errors[`p-${paper.id}-remark`] = tooLong(500);
    checks.push({
      paperId: paper.id,
      isAccepted: mark === 'yes',
      remark: remark || null,
      originals: count(form.get(`p-${paper.id}-originals`)),
      copies: count(form.get(`p-${paper.id}-copies`)),
    });
  }
  return { errors, checks };
}

const receive: Reader = (form, file) => {
  const { errors, checks } = readChecks(form, file);
  return {
    errors,
    run: async (tx, actor, reference) => {
      if (checks.length > 0) await checkPapers(tx, actor, { dossierId: file.id, checks });
      return receiveDossier(tx, actor, reference);
    },
  };
};

const refuse: Reader = (form) => {
  const { errors, required } = fieldsOf(form);
  const input = { reason: required('reason', reasonNeeded), legalBasis: required('legalBasis', basisNeeded, 500) };
  return { errors, run: (tx, actor, reference) => refuseDossier(tx, actor, { ...reference, ...input }) };
};

/** Lines beyond the checklist that a request for a supplement offers. */
export const freeItems = 3;

const requestMore: Reader = (form, file) => {
  const { errors, text, required } = fieldsOf(form);
  const items: SupplementItem[] = [];
  for (const paper of file.papers) {
    if (form.get(`i-${paper.id}`) !== '1') continue;
    const what = required(
      `i-${paper.id}-what`,
      { vi: `Hãy ghi cần sửa gì ở “${paper.name}”`, en: `Say what to put right in “${paper.name}”` },
      500,
    );
    items.push({ paperId: paper.id, componentCode: paper.componentCode, name: paper.name, what });
  }
  for (let at = 0; at < freeItems; at += 1) {
    const name = text(`n-${at}-name`, 300);
    if (name === '') continue;
    items.push({ paperId: null, componentCode: null, name, what: text(`n-${at}-what`, 500) });
  }
  if (items.length === 0)
    errors['items'] = {
      vi: 'Hãy chọn ít nhất một giấy tờ, hoặc ghi nội dung cần bổ sung',
      en: 'Choose a paper, or name what is missing',
    };
  const reason = required('reason', reasonNeeded);
  const typedDay = text('answerBy', 20);
  const answerBy = typedDay === '' ? null : parseDay(typedDay);
  if (typedDay !== '' && answerBy === null)
    errors['answerBy'] = { vi: 'Hãy ghi ngày như 22/11/2026', en: 'Write the day like 22/11/2026' };
  return {
    errors,
    run: (tx, actor, reference) => requestSupplement(tx, actor, { ...reference, reason, items, answerBy }),
  };
};

const answerMore: Reader = (form, file, uploads) => {
  const { errors, text } = fieldsOf(form);
  const items = file.supplements.findLast((each) => each.answeredAt === null && each.cancelledAt === null)?.items ?? [];
  const given = items.flatMap((item, at) => {
    const blob = uploads.get(`s-${at}-file`) ?? null;
    const originals = count(form.get(`s-${at}-originals`)) ?? 0;
    const copies = count(form.get(`s-${at}-copies`)) ?? 0;
    return blob || originals > 0 || copies > 0 ? [{ item, blob, originals, copies }] : [];
  });
  const remark = text('remark', 1_000);
  if (given.length === 0 && remark === '')
    errors['remark'] = {
      vi: 'Hãy ghi giấy tờ đã nhận, hoặc nội dung người nộp bổ sung',
      en: 'Enter the papers received, or what the applicant added',
    };
  return {
    errors,
    run: async (tx, actor, reference) => {
      const papers = [];
      for (const { item, blob, originals, copies } of given) {
        const fileId = blob ? await registerFile(tx, blob, { kind: 'dossier', id: file.id }) : null;
        papers.push({
          componentCode: item.componentCode,
          name: item.name,
          fileId,
          originals,
          copies,
          isElectronic: false,
          isDigitised: blob !== null,
          replacesPaperId: item.paperId,
        });
      }
      return answerSupplement(tx, actor, {
        ...reference,
        papers,
        formSubmissionId: null,
        changes: [],
        remark: remark || null,
      });
    },
  };
};

/** `1.250.000` or `1250000`: whole đồng; null for anything else. */
export function parseDong(typed: string): number | null {
  const digits = typed.replace(/[\s.,đ]/g, '');
  return /^\d{1,12}$/.test(digits) && Number(digits) > 0 ? Number(digits) : null;
}
export const feeLines = 3;
const moments = [1, 2, 4] as const;

const askFee: Reader = (form) => {
  const { errors, text } = fieldsOf(form);
  const moment = moments.find((each) => String(each) === form.get('moment')) ?? 1;
  const fees: { name: string; amountDong: number; moment: 1 | 2 | 4 }[] = [];
  for (let at = 0; at < feeLines; at += 1) {
    const name = text(`f-${at}-name`, 300);
    const typed = text(`f-${at}-amount`, 30);
    if (name === '' && typed === '') continue;
    const amountDong = parseDong(typed);
    if (name === '') errors[`f-${at}-name`] = { vi: 'Hãy ghi tên khoản thu', en: 'Name the fee' };
    if (amountDong === null)
      errors[`f-${at}-amount`] = {
        vi: 'Hãy ghi số tiền bằng đồng, ví dụ 50.000',
        en: 'Write the amount in đồng, such as 50.000',
      };
    else if (name !== '') fees.push({ name, amountDong, moment });
  }
  if (fees.length === 0 && Object.keys(errors).length === 0)
    errors['f-0-name'] = { vi: 'Hãy ghi ít nhất một khoản thu', en: 'Name at least one fee' };
  return { errors, run: (tx, actor, reference) => requestFee(tx, actor, { ...reference, fees }) };
};

const methods = ['cash', 'transfer', 'post', 'online'] as const;
const feePaid: Reader = (form, file) => {
  const { errors, required } = fieldsOf(form);
  const payments: FeePayment[] = file.fees
    .filter((fee) => fee.paidAt === null)
    .map((fee) => ({
      id: fee.id,
      receiptNumber: required(`r-${fee.id}`, { vi: 'Hãy ghi số biên lai', en: 'Write the receipt number' }, 60),
      method: methods.find((each) => each === form.get(`r-${fee.id}-method`)) ?? 'cash',
    }));
  return { errors, run: (tx, actor, reference) => recordFee(tx, actor, { ...reference, payments }) };
};

const assign: Reader = (form) => {
  const { errors, text } = fieldsOf(form);
  const typed = form.get('postId') ?? '';
  if (typed !== 'nobody' && !isId(typed)) errors['postId'] = { vi: 'Hãy chọn người được giao', en: 'Choose a person' };
  const remark = text('remark', 1_000);
  return {
    errors,
    run: (tx, actor, reference) =>
      assignDossier(tx, actor, { ...reference, postId: typed === 'nobody' ? null : typed, remark }),
  };
};

const withRemark =
  (act: (tx: Tx, actor: Actor, input: DossierReference & { remark: string }) => Promise<Dossier>): Reader =>
  (form) => {
    const { errors, text } = fieldsOf(form);
    const remark = text('remark');
    return { errors, run: (tx, actor, reference) => act(tx, actor, { ...reference, remark }) };
  };
const withReason =
  (act: (tx: Tx, actor: Actor, input: DossierReference & { reason: string }) => Promise<Dossier>): Reader =>
  (form) => {
    const { errors, required } = fieldsOf(form);
    const reason = required('reason', reasonNeeded);
    return { errors, run: (tx, actor, reference) => act(tx, actor, { ...reference, reason }) };
  };

const complete: Reader = (form, file, uploads) => {
  const { errors, text, required } = fieldsOf(form);
  const outcome = form.get('outcome') === 'refused' ? ('refused' as const) : ('granted' as const);
  const title = required(
    'title',
    { vi: 'Hãy ghi tên kết quả, ví dụ “Giấy khai sinh”', en: 'Name the result, such as “Birth certificate”' },
    300,
  );
  const remark = outcome === 'refused' ? required('remark', reasonNeeded) : text('remark');
  const blob = uploads.get('file');
  return {
    errors,
    run: async (tx, actor, reference) => {
      const fileId = blob ? await registerFile(tx, blob, { kind: 'dossier', id: file.id }) : null;
      return completeDossier(tx, actor, { ...reference, outcome, title, remark: remark || null, fileId });
    },
  };
};

const channels: readonly Channel[] = ['counter', 'online', 'post'];
const handOver: Reader = (form, file) => {
  const { errors, text, required } = fieldsOf(form);
  const channel = channels.find((each) => each === form.get('channel')) ?? file.delivery;
  const receivedBy = required(
    'receivedBy',
    { vi: 'Hãy ghi tên người nhận kết quả', en: 'Name who took the result' },
    200,
  );
  if (channel === 'counter' && form.get('identitySeen') !== '1')
    errors['identitySeen'] = {
      vi: 'Hãy xem giấy tờ tùy thân của người nhận rồi đánh dấu',
      en: 'Look at the identity paper, then tick',
    };
  const remark = text('remark', 1_000);
  return {
    errors,
    run: (tx, actor, reference) => returnResult(tx, actor, { ...reference, channel, receivedBy, remark }),
  };
};

const stop: Reader = (form) => {
  const { errors, required } = fieldsOf(form);
  const input = { reason: required('reason', reasonNeeded), legalBasis: required('legalBasis', basisNeeded, 500) };
  return { errors, run: (tx, actor, reference) => stopDossier(tx, actor, { ...reference, ...input }) };
};

const extend: Reader = (form) => {
  const { errors, required, text } = fieldsOf(form);
  const reason = required('reason', reasonNeeded);
  const day = parseDay(text('until', 20));
  const time = text('untilTime', 5) || '17:00';
  const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  if (day === null)
    errors['until'] = { vi: 'Hãy ghi ngày hẹn mới như 22/11/2026', en: 'Write the new day like 22/11/2026' };
  if (!isTime) errors['untilTime'] = { vi: 'Hãy ghi giờ như 16:30', en: 'Write the time like 16:30' };
  const until = day !== null && isTime ? instantOf(day, time) : new Date(0);
  return { errors, run: (tx, actor, reference) => extendDossier(tx, actor, { ...reference, reason, until }) };
};

const readers: Readonly<Record<DeskAct, Reader>> = {
  receive,
  refuse,
  requestSupplement: requestMore,
  answerSupplement: answerMore,
  requestFee: askFee,
  recordFee: feePaid,
  assign,
  startStep: withRemark(startStep),
  finishStep: withRemark(finishStep),
  approve: withRemark(approveDossier),
  sendBack: withReason(sendBack),
  complete,
  returnResult: handOver,
  withdraw: withReason(withdrawDossier),
  stop,
  extend,
};

/** Reads the form of an act. `run` may be called only when there are no errors. */
export const readAct = (act: DeskAct, form: URLSearchParams, file: DossierFile, uploads: Uploads): ReadAct =>
  readers[act](form, file, uploads);

/** The field under which a problem of a use case is shown. */
export function fieldOfProblem(code: string): string {
  if (code === 'dossiers.legal-basis-missing') return 'legalBasis';
  if (code.startsWith('dossiers.extension')) return 'until';
  if (code === 'dossiers.nothing-requested') return 'items';
  if (code === 'dossiers.post-elsewhere') return 'postId';
  return 'reason';
}

/** Acts whose form carries files. */
export const actsWithFiles: readonly DeskAct[] = ['answerSupplement', 'complete'];
