import type { ApplicantKind } from './intake-kinds.ts';
import type { LocalText } from '../../platform/problems.ts';

/** A paper as it lies on the counter. */
export interface IntakePaper {
  key: string;
  name: string;
  originals: number;
  copies: number;
  fileId: string | null;
}
export interface IntakeFee {
  name: string;
  amountDong: number;
  receiptNumber: string;
  method: 'cash' | 'transfer' | 'post' | 'online';
}
/** What a clerk has typed of a dossier that is being taken in. */
export interface IntakeFacts {
  kind: ApplicantKind;
  name: string;
  identity: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  submitterName: string | null;
  accountId: string | null;
  channel: 'counter' | 'post';
  delivery: 'counter' | 'online' | 'post';
  deliveryAddress: string | null;
  papers: IntakePaper[];
  fees: IntakeFee[];
}

/** How identity numbers and addresses are judged: handed in, because accounts know. */
export interface Normalisers {
  identity: (text: string) => string | null;
  taxCode: (text: string) => string | null;
  phone: (text: string) => string | null;
  email: (text: string) => string | null;
}

const say = (vi: string, en: string): LocalText => ({ vi, en });

/** Reads who asks and how, from the form of the counter. */
export function readApplicant(
  form: URLSearchParams,
  normal: Normalisers,
): { errors: Record<string, LocalText>; facts: Omit<IntakeFacts, 'accountId' | 'papers' | 'fees'> } {
  const errors: Record<string, LocalText> = {};
  const text = (name: string, limit: number): string | null => {
    const typed = (form.get(name) ?? '').trim();
    if (typed.length > limit)
      errors[name] = say(`Viết ngắn lại, nhiều nhất ${limit} chữ cái`, `At most ${limit} characters`);
    return typed === '' ? null : typed;
  };
  const judged = (
    name: string,
    limit: number,
    judge: (typed: string) => string | null,
    message: LocalText,
  ): string | null => {
    const typed = text(name, limit);
    if (typed === null) return null;
    const value = judge(typed);
    if (value === null) errors[name] ??= message;
    return value;
  };
  const kind = (['citizen', 'business', 'household'] as const).find((each) => each === form.get('kind')) ?? 'citizen';
  const name = text('name', 200) ?? '';
  if (name === '')
    errors['name'] = say('Hãy ghi họ tên người nộp, hoặc tên tổ chức', 'Write the name of the applicant');
  const identity = judged(
    'identity',
    20,
    kind === 'citizen' ? normal.identity : (typed) => normal.taxCode(typed) ?? normal.identity(typed),
    kind === 'citizen'
      ? say('Số định danh cá nhân có 12 chữ số, hãy xem lại', 'A personal identity number has 12 digits')
      : say('Mã số thuế hoặc số định danh chưa đúng', 'The tax code or identity number is not right'),
  );
  if (identity === null && !errors['identity'])
    errors['identity'] = say(
      'Hãy ghi số định danh trên căn cước, hoặc mã số thuế',
      'Write the identity number or the tax code',
    );
  const phone = judged(
    'phone',
    20,
    normal.phone,
    say('Số điện thoại chưa đúng, ví dụ 0912 345 678', 'The phone number is not right'),
  );
  const email = judged(
    'email',
    254,
    normal.email,
    say('Thư điện tử chưa đúng, ví dụ ten@example.vn', 'The e-mail address is not right'),
  );
  const delivery = (['counter', 'online', 'post'] as const).find((each) => each === form.get('delivery')) ?? 'counter';
  const deliveryAddress = text('deliveryAddress', 500);
  if (delivery === 'post' && deliveryAddress === null)
    errors['deliveryAddress'] = say('Hãy ghi địa chỉ để gửi kết quả', 'Write the address for the result');
  return {
    errors,
    facts: {
      kind,
      name,
      identity,
      phone,
      email,
      address: text('address', 500),
      submitterName: text('submitterName', 200),
      channel: form.get('channel') === 'post' ? 'post' : 'counter',
      delivery,
      deliveryAddress,
    },
  };
}

const count = (typed: string | null): number => (/^\d{1,3}$/.test((typed ?? '').trim()) ? Number(typed) : 0);

/** Reads the checklist and the fees of the last page; files are put in by the caller. */
export function readPapers(
  form: URLSearchParams,
  facts: IntakeFacts,
  dong: (typed: string) => number | null,
): { errors: Record<string, LocalText>; papers: IntakePaper[]; fees: IntakeFee[] } {
  const errors: Record<string, LocalText> = {};
  const papers = facts.papers.map((paper) => ({
    ...paper,
    originals: count(form.get(`${paper.key}-originals`)),
    copies: count(form.get(`${paper.key}-copies`)),
  }));
  const fees: IntakeFee[] = [];
  for (let at = 0; at < 3; at += 1) {
    const name = (form.get(`f-${at}-name`) ?? '').trim().slice(0, 300);
    const typed = (form.get(`f-${at}-amount`) ?? '').trim();
    const receiptNumber = (form.get(`f-${at}-receipt`) ?? '').trim().slice(0, 60);
    if (typed === '' && receiptNumber === '') continue;
    const amountDong = dong(typed);
    if (name === '') errors[`f-${at}-name`] = say('Hãy ghi tên khoản thu', 'Name the fee');
    if (amountDong === null)
      errors[`f-${at}-amount`] = say('Hãy ghi số tiền bằng đồng, ví dụ 50.000', 'Write the amount in đồng');
    if (receiptNumber === '')
      errors[`f-${at}-receipt`] = say(
        'Hãy ghi số biên lai; nếu chưa thu thì để trống cả dòng',
        'Write the receipt number; leave the line empty when nothing was paid',
      );
    const method = (['cash', 'transfer'] as const).find((each) => each === form.get(`f-${at}-method`)) ?? 'cash';
    if (amountDong !== null) fees.push({ name, amountDong, receiptNumber, method });
  }
  if (papers.length > 0 && papers.every((paper) => paper.originals + paper.copies === 0 && paper.fileId === null))
    errors[`${papers[0]!.key}-originals`] = say(
      'Hãy ghi số bản của ít nhất một giấy tờ, hoặc đính kèm bản quét',
      'Enter at least one paper, or attach a scan',
    );
  return { errors, papers, fees };
}
