import { saveDisplayChoice } from '../../foundation/identity/index.ts';
import { DISPLAY_COOKIE, formatDisplay, parseDisplay, type Display } from '../../platform/http/display.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { DisplayPage } from './views/display-page.tsx';

const YEAR_SECONDS = 365 * 86_400;

/** A page of our own to go back to; the home page for everything else. */
export const backTo = (text: string | null): string =>
  text !== null && /^\/(?![/\\])[^\p{Cc}\\]{0,300}$/u.test(text) && !/^\/(api|assets|health)\b/.test(text)
    ? text
    : paths.home();

const show = (request: WebRequest): Reply =>
  page(
    <DisplayPage
      display={parseDisplay(request.display)}
      back={backTo(request.query.get('ve'))}
      isSaved={request.query.get('da-luu') === '1'}
    />,
  );

const size = (text: string | null): 0 | 1 | 2 => (text === '1' ? 1 : text === '2' ? 2 : 0);

/** Keeps the choice in a cookie, and in the account of whoever is signed in, for their next browser. */
async function save(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const more = new Set(fields.getAll('them'));
  const display: Display = {
    text: size(fields.get('co-chu')),
    colours: size(fields.get('mau')),
    spacing: more.has('thoang'),
    underline: more.has('gach'),
    still: more.has('tinh'),
  };
  const choice = fields.get('_do') === 'reset' ? '' : formatDisplay(display);
  request.setCookie(DISPLAY_COOKIE, choice === '' ? null : choice, { maxAgeSeconds: YEAR_SECONDS });
  const { accountId } = request.actor;
  if (accountId) await request.command((tx) => saveDisplayChoice(tx, accountId, choice));
  return seeOther(request.href(paths.displaySettings({ ve: backTo(fields.get('ve')), 'da-luu': '1' })));
}

/** Size of text, colours, spacing: for everybody, without a script. */
export function displayRoutes(web: Web): void {
  web.get(paths.displaySettings, { access: 'public' }, show);
  web.post(
    paths.displaySettings,
    { access: 'public', rateLimit: { name: 'portal.display', limit: 120, windowSeconds: 600, by: 'address' } },
    save,
  );
}
