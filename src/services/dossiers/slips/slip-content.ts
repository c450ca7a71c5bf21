import { problem } from '../../../platform/problems.ts';
import type { UnitName } from '../../../foundation/organisations/index.ts';
import type { RulePack } from '../../../foundation/rules/index.ts';
import type { DossierFile, HistoryEntry } from '../dossier-file-queries.ts';
import { slipNotThere } from '../dossier-problems.ts';
import { CHANNEL, dayInWords, formOf, inWords, limitInWords, money, short, type SlipKind } from './slip-words.ts';

/** What the template sets: words only. */
export interface SlipContent {
  paper: 'a4' | 'a5';
  isLandscape: boolean;
  title: string;
  subtitle: string | null;
  superior: string;
  agency: string;
  number: string | null;
  dateline: string;
  qr: string | null;
  /** Kính gửi, of a letter. */
  addressee: string | null;
  facts: [string, string][];
  /** Labels of the facts that are printed bold. */
  bold: string[];
  table: { widths: number[]; head: string[]; rows: string[][] } | null;
  paragraphs: string[];
  signatures: [string, string, string][];
  footer: string | null;
}

export interface SlipSetting {
  pack: RulePack;
  names: ReadonlyMap<string, UnitName>;
  provinceName: string;
  placeName: string;
  trackingNumber: string;
  trackingSecret: string;
  trackingAddress: string;
}

/** What an eye looks for first; the rest is printed plain, as on the sheets of the circular. */
const BOLD = [
  'Tổ chức, cá nhân',
  'Nội dung yêu cầu giải quyết',
  'Hẹn trả kết quả',
  'Hẹn trả kết quả lại',
  'Hẹn trả',
  'Đề nghị bổ sung trước ngày',
  'Số tra cứu',
  'Mã tra cứu',
];
const SIGN = '(Ký và ghi rõ họ tên)';

/** The words of one slip. @throws slipNotThere when the dossier has not come so far */
export function slipContent(kind: SlipKind, file: DossierFile, setting: SlipSetting): SlipContent {
  const body = BODIES[kind](file, setting);
  const { title, paper, isLandscape } = formOf(setting.pack, kind);
  const at = body.at;
  return {
    paper,
    isLandscape,
    title,
    subtitle: null,
    superior: setting.provinceName,
    agency: nameOf(
      setting,
      kind === 'refusal' || kind === 'receipt' || kind === 'acknowledgement'
        ? file.receivingUnitId
        : file.competentUnitId,
    ),
    number: file.code,
    dateline: `${setting.placeName}, ${dayInWords(at)}`,
    qr: null,
    addressee: null,
    bold: BOLD,
    table: null,
    signatures: [],
    footer: `Tra cứu hồ sơ tại ${setting.trackingAddress} bằng mã hồ sơ và mã tra cứu ${setting.trackingSecret}.`,
    ...body.content,
  };
}

const nameOf = ({ names }: SlipSetting, unitId: string | null): string =>
  unitId === null ? '' : (names.get(unitId)?.nameVi ?? '');

interface Body {
  at: Date;
  content: Partial<SlipContent> & Pick<SlipContent, 'facts' | 'paragraphs'>;
}

/** The last act of a name that stands. @throws slipNotThere */
function lastOf(file: DossierFile, name: HistoryEntry['name']): HistoryEntry {
  const entry = file.history.findLast((each) => each.name === name && each.takenBackAt === null);
  if (!entry) throw problem(slipNotThere);
  return entry;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const who = (file: DossierFile): [string, string][] => {
  const { applicant } = file;
  const facts: [string, string][] = [['Tổ chức, cá nhân', file.applicantName]];
  if (applicant.submitterName) facts.push(['Người nộp thay', applicant.submitterName]);
  if (applicant.address) facts.push(['Địa chỉ', applicant.address]);
  if (applicant.phone) facts.push(['Số điện thoại', applicant.phone]);
  if (applicant.email) facts.push(['Email', applicant.email]);
  return facts;
};
const what = (file: DossierFile): [string, string] => ['Nội dung yêu cầu giải quyết', file.terms.procedureName.vi];

const papersTable = (file: DossierFile): SlipContent['table'] => ({
  widths: [0.7, 6, 1.2, 1.2, 1.6],
  head: ['TT', 'Tên giấy tờ', 'Bản chính', 'Bản sao', 'Điện tử'],
  rows: file.papers.map((paper, index) => [
    String(index + 1),
    paper.name,
    paper.originals ? String(paper.originals) : '',
    paper.copies ? String(paper.copies) : '',
    paper.isElectronic ? 'x' : '',
  ]),
});

const BODIES: Record<SlipKind, (file: DossierFile, setting: SlipSetting) => Body> = {
  acknowledgement: (file, setting) => ({
    at: file.submittedAt,
    content: {
      number: null,
      facts: [
        ...who(file),
        what(file),
        ['Nộp lúc', inWords(file.submittedAt)],
        ['Nơi tiếp nhận', nameOf(setting, file.receivingUnitId)],
        ['Số tra cứu', setting.trackingNumber],
        ['Mã tra cứu', setting.trackingSecret],
      ],
      table: papersTable(file),
      paragraphs: [
        'Hồ sơ đã được gửi thành công và đang chờ tiếp nhận. Mã hồ sơ và ngày hẹn trả kết quả sẽ được thông báo khi hồ sơ được tiếp nhận.',
        'Văn bản này không thay cho Giấy tiếp nhận hồ sơ và hẹn trả kết quả.',
      ],
      footer: `Quét mã QR, hoặc vào ${setting.trackingAddress} rồi nhập số tra cứu ${setting.trackingNumber} và mã tra cứu ${setting.trackingSecret}.`,
    },
  }),

  receipt: (file, setting) => {
    const entry = lastOf(file, 'receive');
    const paid = file.fees.filter((fee) => fee.paidAt !== null);
    return {
      at: entry.at,
      content: {
        subtitle: `Mã hồ sơ: ${file.code ?? ''}`,
        facts: [
          ['Bộ phận tiếp nhận', nameOf(setting, file.receivingUnitId)],
          ...who(file),
          what(file),
          ['Cơ quan giải quyết', nameOf(setting, file.competentUnitId)],
          ['Thời hạn giải quyết', limitInWords(file.terms.limit)],
          ['Tiếp nhận lúc', inWords(file.receivedAt ?? entry.at)],
          [
            'Hẹn trả kết quả',
            file.firstDueAt ? inWords(file.firstDueAt) : 'sẽ thông báo sau (thủ tục chưa quy định thời hạn)',
          ],
          ['Hình thức nhận kết quả', CHANNEL[file.delivery]],
          ...(paid.length > 0
            ? ([
                [
                  'Phí, lệ phí đã nộp',
                  paid
                    .map((fee) => `${fee.name} ${money(fee.amountDong)} (biên lai ${fee.receiptNumber ?? ''})`)
                    .join('; '),
                ],
              ] as [string, string][])
            : []),
        ],
        table: papersTable(file),
        paragraphs: [],
        signatures: [
          ['Người nộp hồ sơ', SIGN, file.applicant.submitterName ?? file.applicantName],
          ['Người tiếp nhận hồ sơ', SIGN, entry.actorLabel],
        ],
      },
    };
  },

  supplement: (file, setting) => {
    const request = file.supplements.findLast((each) => each.cancelledAt === null);
    if (!request) throw problem(slipNotThere);
    return {
      at: request.requestedAt,
      content: {
        facts: [
          ...who(file),
          what(file),
          ['Lý do', request.reason],
          ...(request.answerBy
            ? ([['Đề nghị bổ sung trước ngày', request.answerBy.split('-').toReversed().join('/')]] as [
                string,
                string,
              ][])
            : []),
        ],
        table: {
          widths: [0.7, 4, 5],
          head: ['TT', 'Giấy tờ, nội dung', 'Cần bổ sung, hoàn thiện'],
          rows: request.items.map((item, index) => [String(index + 1), item.name, item.what]),
        },
        paragraphs: [
          `Trong quá trình bổ sung, nếu có vướng mắc, đề nghị liên hệ ${nameOf(setting, file.receivingUnitId)} để được hướng dẫn.`,
        ],
        signatures: [
          ['', '', ''],
          ['Người hướng dẫn', SIGN, request.requestedBy],
        ],
      },
    };
  },

  refusal: (file) => {
    const entry = lastOf(file, 'refuse');
    return {
      at: entry.at,
      content: {
        number: null,
        facts: [
          ...who(file),
          what(file),
          ['Lý do không tiếp nhận', entry.remark ?? ''],
          ['Căn cứ pháp lý', textOf(entry.details['legalBasis'])],
        ],
        paragraphs: ['Xin thông báo để tổ chức, cá nhân được biết và thực hiện.'],
        signatures: [
          ['Người nộp hồ sơ', SIGN, file.applicant.submitterName ?? file.applicantName],
          ['Người tiếp nhận hồ sơ', SIGN, entry.actorLabel],
        ],
      },
    };
  },

  apology: (file, setting) => {
    const entry = lastOf(file, 'extend');
    const from = new Date(textOf(entry.details['from']));
    const until = new Date(textOf(entry.details['until']));
    return {
      at: entry.at,
      content: {
        addressee: file.applicantName,
        facts: [
          ['Mã hồ sơ', file.code ?? ''],
          what(file),
          ['Đã tiếp nhận lúc', file.receivedAt ? inWords(file.receivedAt) : ''],
          ['Hẹn trả kết quả trước đây', inWords(from)],
          ['Hẹn trả kết quả lại', inWords(until)],
        ],
        paragraphs: [
          `Đến nay ${nameOf(setting, file.competentUnitId)} chưa trả kết quả giải quyết hồ sơ của Ông/Bà (tổ chức) đúng hẹn được. Lý do: ${entry.remark ?? ''}.`,
          'Sự chậm trễ này đã gây phiền hà, tốn kém thời gian và công sức của Ông/Bà (tổ chức). Chúng tôi xin lỗi và mong nhận được sự thông cảm.',
        ],
        signatures: [
          ['', '', ''],
          ['Thủ trưởng cơ quan', '(Ký số hoặc ký, ghi rõ họ tên)', entry.actorLabel],
        ],
      },
    };
  },

  stop: (file) => {
    const entry = lastOf(file, 'stop');
    return {
      at: entry.at,
      content: {
        facts: [
          ...who(file),
          ['Mã hồ sơ', file.code ?? ''],
          what(file),
          ['Lý do dừng giải quyết', entry.remark ?? ''],
          ['Căn cứ pháp lý', textOf(entry.details['legalBasis'])],
        ],
        paragraphs: ['Cơ quan giải quyết thông báo dừng giải quyết hồ sơ nêu trên để tổ chức, cá nhân được biết.'],
        signatures: [
          ['', '', ''],
          ['Thủ trưởng cơ quan', '(Ký số hoặc ký, ghi rõ họ tên)', entry.actorLabel],
        ],
      },
    };
  },

  'control-sheet': (file, setting) => {
    const entry = lastOf(file, 'receive');
    return {
      at: entry.at,
      content: {
        subtitle: `Mã hồ sơ: ${file.code ?? ''}`,
        facts: [
          ['Cơ quan phối hợp, giải quyết', nameOf(setting, file.competentUnitId)],
          ['Tiếp nhận', inWords(file.receivedAt ?? entry.at)],
          ['Hẹn trả', file.dueAt ? inWords(file.dueAt) : ''],
        ],
        table: {
          widths: [0.6, 3, 2.6, 2, 2, 1.6, 2],
          head: ['TT', 'Bước', 'Đơn vị', 'Giao nhận lúc', 'Hạn của bước', 'Kết quả', 'Người thực hiện'],
          rows: file.steps.map((step) => [
            String(step.position + 1),
            step.nameVi,
            nameOf(setting, step.unitId),
            short(step.startedAt),
            short(step.dueAt),
            outcomeOf(step.finishedAt, step.dueAt),
            step.finishedBy ?? '',
          ]),
        },
        paragraphs: ['Kết quả của mỗi bước: trước hạn, đúng hạn hoặc quá hạn so với hạn của bước.'],
      },
    };
  },
};

/** trước hạn (a day or more early), đúng hạn, quá hạn. */
function outcomeOf(finishedAt: Date | null, dueAt: Date | null): string {
  if (finishedAt === null || dueAt === null) return '';
  if (finishedAt > dueAt) return 'Quá hạn';
  return dueAt.getTime() - finishedAt.getTime() >= 86_400_000 ? 'Trước hạn' : 'Đúng hạn';
}
