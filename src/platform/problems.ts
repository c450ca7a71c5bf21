export interface LocalText {
  vi: string;
  en: string;
}

/** One expected failure of a module. `code` is permanent: partners and tests rely on it. */
export interface ProblemDefinition {
  code: string;
  status: number;
  title: LocalText;
  /** What the person can do next. */
  advice?: LocalText;
}

const definedOnes = new Map<string, ProblemDefinition>();

/** Declares an expected failure. Codes are `module.what-is-wrong`. */
export function defineProblem(definition: ProblemDefinition): ProblemDefinition {
  definedOnes.set(definition.code, definition);
  return definition;
}

/** The expected failure with this code; undefined when no loaded module declares it. */
export const problemNamed = (code: string): ProblemDefinition | undefined => definedOnes.get(code);

/** Where a kind of failure is explained: what `type` of RFC 9457 points to, below the public address. */
export const problemPath = (code: string): string => `/api/problems/${code}`;

/** An expected failure, thrown anywhere and translated once: a page for people, problem+json (RFC 9457) for machines. */
export class Problem extends Error {
  readonly definition: ProblemDefinition;
  /** Facts for the page or the machine (never secrets, never other people's data). */
  readonly details: Record<string, unknown>;
  constructor(definition: ProblemDefinition, details: Record<string, unknown> = {}) {
    super(`${definition.code}: ${definition.title.en}`);
    this.name = 'Problem';
    this.definition = definition;
    this.details = details;
  }
}

/** Makes the failure to throw: `throw problem(dossierAlreadyReceived, { code })`. */
export const problem = (definition: ProblemDefinition, details?: Record<string, unknown>): Problem =>
  new Problem(definition, details);

export const isProblem = (error: unknown, definition?: ProblemDefinition): error is Problem =>
  error instanceof Problem && (definition === undefined || error.definition.code === definition.code);

const constraints = new Map<string, ProblemDefinition>();

/** Tells which Problem the violation of a named database constraint stands for. */
export function mapConstraint(constraintName: string, definition: ProblemDefinition): void {
  constraints.set(constraintName, definition);
}

export function problemOfConstraint(error: unknown): Problem | undefined {
  const name = (error as { constraint?: unknown } | null)?.constraint;
  const definition = typeof name === 'string' ? constraints.get(name) : undefined;
  return definition ? new Problem(definition) : undefined;
}

export const notFound = defineProblem({
  code: 'platform.not-found',
  status: 404,
  title: { vi: 'Không tìm thấy nội dung này', en: 'Page not found' },
  advice: { vi: 'Kiểm tra lại địa chỉ hoặc tìm từ trang chủ.', en: 'Check the address or search from the home page.' },
});
export const signInRequired = defineProblem({
  code: 'platform.sign-in-required',
  status: 401,
  title: { vi: 'Bạn cần đăng nhập', en: 'You need to sign in' },
});
/** More has to be proven than the session has: a second factor, or the same again. `details`: `act`, `enrol`. */
export const stepUpRequired = defineProblem({
  code: 'platform.step-up-required',
  status: 403,
  title: { vi: 'Cần xác minh lại danh tính trước khi tiếp tục', en: 'Prove who you are before you go on' },
});
export const forbidden = defineProblem({
  code: 'platform.forbidden',
  status: 403,
  title: { vi: 'Bạn không có quyền xem nội dung này', en: 'You may not see this' },
  advice: {
    vi: 'Nếu công việc của bạn cần quyền này, hãy liên hệ quản trị viên của đơn vị.',
    en: 'If your work needs it, ask the administrator of your unit.',
  },
});
export const staleForm = defineProblem({
  code: 'platform.stale-form',
  status: 403,
  title: { vi: 'Trang đã mở quá lâu hoặc được gửi từ nơi khác', en: 'This form is too old or came from elsewhere' },
  advice: {
    vi: 'Quay lại, tải lại trang rồi gửi lại. Nội dung bạn đã lưu vẫn còn.',
    en: 'Go back, reload the page and send again. What you saved is kept.',
  },
});
export const invalidInput = defineProblem({
  code: 'platform.invalid-input',
  status: 422,
  title: { vi: 'Dữ liệu gửi lên chưa đúng', en: 'The input is not valid' },
});
export const malformedRequest = defineProblem({
  code: 'platform.malformed-request',
  status: 400,
  title: { vi: 'Yêu cầu gửi lên không đọc được', en: 'The request cannot be read' },
});
export const tooLarge = defineProblem({
  code: 'platform.too-large',
  status: 413,
  title: { vi: 'Nội dung gửi lên quá lớn', en: 'The request is too large' },
});
export const tooManyRequests = defineProblem({
  code: 'platform.too-many-requests',
  status: 429,
  title: { vi: 'Bạn thao tác quá nhanh', en: 'Too many requests' },
  advice: { vi: 'Hãy đợi một phút rồi thử lại.', en: 'Wait a minute, then try again.' },
});
export const staleVersion = defineProblem({
  code: 'platform.stale-version',
  status: 409,
  title: { vi: 'Nội dung này vừa được người khác sửa', en: 'Somebody else has just changed this' },
  advice: { vi: 'Xem nội dung mới rồi sửa lại.', en: 'Look at the new content, then change it again.' },
});
/** Two did the same at once, and the second met what the first had just made: a unique constraint that no module names. */
export const madeTwice = defineProblem({
  code: 'platform.made-twice',
  status: 409,
  title: { vi: 'Việc này vừa được thực hiện rồi', en: 'This has just been done already' },
  advice: {
    vi: 'Có thể bạn đã bấm hai lần. Tải lại trang để xem kết quả.',
    en: 'You may have pressed twice. Reload the page to see what came of it.',
  },
});
export const unavailable = defineProblem({
  code: 'platform.unavailable',
  status: 503,
  title: { vi: 'Hệ thống tạm thời chưa phục vụ được', en: 'The service is not available for the moment' },
  advice: { vi: 'Hãy thử lại sau ít phút.', en: 'Try again in a few minutes.' },
});
export const internalError = defineProblem({
  code: 'platform.internal-error',
  status: 500,
  title: { vi: 'Hệ thống gặp lỗi', en: 'Something went wrong' },
  advice: {
    vi: 'Lỗi đã được ghi lại. Khi gọi hỗ trợ, hãy đọc mã tham chiếu dưới đây.',
    en: 'It has been recorded. When you call for help, read out the reference below.',
  },
});
