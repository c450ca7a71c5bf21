import { createHash } from 'node:crypto';

/* The only page that the provider's library asks for itself: to confirm that an application's sign-out shall end everything. */

const words = {
  vi: {
    title: 'Đăng xuất',
    text: 'Ứng dụng bạn đang dùng đề nghị đăng xuất. Bạn sẽ được đăng xuất khỏi Cổng dịch vụ công và mọi ứng dụng đã đăng nhập cùng.',
    yes: 'Đăng xuất',
    no: 'Ở lại',
  },
  en: {
    title: 'Sign out',
    text: 'The application you use asks to sign you out. You will be signed out of the portal and of every application you signed in to with it.',
    yes: 'Sign out',
    no: 'Stay signed in',
  },
} as const;

const STYLE =
  'body{font:1.125rem/1.5 sans-serif;margin:0 auto;max-width:36rem;padding:2rem 1rem}button,a{font:inherit}button{background:#9d0d15;border:0;color:#fff;padding:.6rem 1.2rem;margin-right:1rem}';
const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

export const providerPage = {
  /** Headers of the page: its own style, and forms that may end at the application. */
  policy: (origin: string): string =>
    `default-src 'none'; style-src ${STYLE_HASH}; form-action 'self' ${origin}; frame-ancestors 'none'; base-uri 'none'`,
  /** `form` comes from the library and holds its token. */
  signOut(form: string, locale: 'vi' | 'en'): string {
    const w = words[locale];
    return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${w.title}</title><meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body><main><h1>${w.title}</h1><p>${w.text}</p>${form}<p><button form="op.logoutForm" name="logout" value="yes">${w.yes}</button> <a href="${locale === 'en' ? '/en' : '/'}">${w.no}</a></p></main></body></html>`;
  },
};
