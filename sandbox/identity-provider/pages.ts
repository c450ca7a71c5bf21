import type { StandInPerson } from './people.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:1.125rem/1.5 sans-serif;margin:0 auto;max-width:34rem;padding:1rem}h1{font-size:1.5rem}
button{display:block;width:100%;text-align:left;font:inherit;padding:.75rem 1rem;margin:.5rem 0;border:2px solid #0b5a50;background:#fff;border-radius:.25rem}
.note{background:#fff3cd;padding:.5rem 1rem}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;

const NOTE = '<p class="note">Đây là hệ thống mô phỏng, không phải VNeID. Mọi người dưới đây đều không có thật.</p>';

export const choicePage = (people: readonly StandInPerson[], request: string): string =>
  page(
    'Đăng nhập bằng tài khoản định danh điện tử',
    `${NOTE}<form method="post" action="/authorize"><input type="hidden" name="request" value="${escape(request)}">${people
      .map(({ key, title }) => `<button name="person" value="${escape(key)}">${escape(title)}</button>`)
      .join('')}<button name="person" value="">Không đăng nhập</button></form>`,
  );

export const messagePage = (text: string): string => page('Hệ thống mô phỏng', `<p>${escape(text)}</p>`);

export const controlPage = (moods: readonly string[], current: string): string =>
  page(
    'Tâm trạng của hệ thống mô phỏng',
    `<form method="post" action="/control">${moods
      .map((mood) => `<button name="mood" value="${mood}">${mood}${mood === current ? ' ✓' : ''}</button>`)
      .join('')}</form>`,
  );
