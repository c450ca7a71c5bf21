import type { TSchema } from 'typebox';
import type { LocalText, ProblemDefinition } from '../problems.ts';

/** One kind of success of an operation. */
export interface ApiAnswer {
  description: LocalText;
  /** Schema of the content; none: no content, or bytes. */
  schema?: TSchema;
  /** Media type of what is no JSON. */
  type?: string;
  example?: unknown;
}

/** What the document of the public API says of a route that the route's options do not say already. */
export interface ApiDoc {
  /** Permanent name of the operation; generated clients call it so. */
  id: string;
  /** Key of `apiTags`. */
  tag: string;
  summary: LocalText;
  description?: LocalText;
  /** Successes by status. */
  answers: Readonly<Record<number, ApiAnswer>>;
  /** Failures of this operation, besides those that its access, schemas and limits give. */
  problems?: readonly ProblemDefinition[];
  /** Parameters of the path in words, and headers that are read. */
  params?: Readonly<Record<string, { description: LocalText; example: string }>>;
  headers?: Readonly<Record<string, { description: LocalText; required: boolean; example: string }>>;
  bodyExample?: unknown;
  /** Media type of a body that is no JSON. */
  bodyType?: string;
  /** Has an effect and asks for an `Idempotency-Key`. */
  isKeyed?: boolean;
  /** `etag`: answers carry one and `If-None-Match` is honoured; `if-match`: the change asks for one. */
  conditional?: 'etag' | 'if-match';
  /** Scopes that add to what an open operation tells. */
  moreWith?: readonly string[];
  /** Days (`YYYY-MM-DD`) since when it is deprecated and when it ends, and what to use instead (RFC 9745, RFC 8594). */
  deprecated?: { since: string; until: string; instead: string };
}

/** The groups of the document, in its order. */
export const apiTags: Readonly<Record<string, LocalText>> = {
  procedures: { vi: 'Thủ tục hành chính', en: 'Procedures' },
  'catalogue-work': { vi: 'Soạn, đóng gói thủ tục', en: 'Work on procedures' },
  forms: { vi: 'Biểu mẫu điện tử', en: 'E-forms' },
  catalogues: { vi: 'Danh mục dùng chung', en: 'Shared catalogues' },
  organisations: { vi: 'Cơ quan, đơn vị', en: 'Agencies and units' },
  calendar: { vi: 'Lịch làm việc, hạn giải quyết', en: 'Working calendar and due dates' },
  dossiers: { vi: 'Nộp và theo dõi hồ sơ', en: 'Submit and follow dossiers' },
  uploads: { vi: 'Tải tệp lên', en: 'Uploads' },
  agency: { vi: 'Phần mềm của cơ quan giải quyết', en: 'Systems of agencies' },
  webhooks: { vi: 'Nhận thông báo tự động', en: 'Webhooks' },
  messages: { vi: 'Báo cáo của nhà cung cấp tin nhắn', en: 'Reports of message providers' },
};

/** What every answer of a deprecated operation says (RFC 9745, RFC 8594): since when, until when, what to use instead. */
export const headersOfDeprecation = ({
  since,
  until,
  instead,
}: NonNullable<ApiDoc['deprecated']>): Record<string, string> => ({
  deprecation: `@${Date.parse(`${since}T00:00:00+07:00`) / 1000}`,
  sunset: new Date(`${until}T00:00:00+07:00`).toUTCString(),
  link: `<${instead}>; rel="successor-version"`,
});
