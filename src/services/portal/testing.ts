import { readFileSync } from 'node:fs';
import { importCalendarFile } from '../../engines/calendar/index.ts';
import { loadProvinceUnits } from '../../foundation/organisations/index.ts';
import { SESSION_COOKIE } from '../../platform/session.ts';
import type { TestApp } from '../../testing/app.ts';
import type { signedInCitizen } from '../../testing/people.ts';
import { loadProvinceProcedures } from '../procedures/load-province.ts';

/* Builders for tests of the portal: the province as it ships, and the ways of a person through it. */

/** Loads units, calendar and procedures of the province that ships. */
export async function loadProvince(app: TestApp): Promise<void> {
  await loadProvinceUnits(app.context);
  const file: unknown = JSON.parse(readFileSync('province/nghe-an/calendar.json', 'utf8'));
  await app.db.write((tx) => importCalendarFile(tx, file as never));
  await loadProvinceProcedures(app.context);
}

type Person = Awaited<ReturnType<typeof signedInCitizen>>;

/** One part of a multipart form. */
export type PartOfForm =
  | { name: string; value: string }
  | { name: string; fileName: string; content: Buffer; type?: string };

/** Sends a form with files as a browser without a script does. `cut` breaks the body off before its end. */
export async function postFiles(
  app: TestApp,
  person: Person,
  url: string,
  parts: readonly PartOfForm[],
  options: { cut?: number } = {},
) {
  const boundary = '----sen-test-boundary';
  const csrf = person.session()?.csrf(app.context.config.secret) ?? '';
  const chunks = [{ name: '_csrf', value: csrf }, ...parts].flatMap((part) =>
    'value' in part
      ? [Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"\r\n\r\n${part.value}\r\n`)]
      : [
          Buffer.from(
            `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"; filename="${part.fileName}"\r\nContent-Type: ${part.type ?? 'application/octet-stream'}\r\n\r\n`,
          ),
          part.content,
          Buffer.from('\r\n'),
        ],
  );
  const body = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
  return app.app.inject({
    method: 'POST',
    url,
    headers: {
      cookie: `${SESSION_COOKIE}=${person.cookies.get(SESSION_COOKIE)}`,
      host: new URL(app.context.config.publicUrl).host,
      'sec-fetch-site': 'same-origin',
      accept: 'text/html',
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: options.cut === undefined ? body : body.subarray(0, options.cut),
  });
}

/** A PDF small enough to read. */
export const smallPdf = (text = 'Sen'): Buffer =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );

/** The hidden fields of a page, in order; a name may come several times. */
export const hiddenPairs = (html: string): [string, string][] =>
  [...html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    return name ? [[name, /value="([^"]*)"/.exec(tag)?.[1] ?? '']] : [];
  });
export const hiddenFields = (html: string): Record<string, string> => Object.fromEntries(hiddenPairs(html));

const address = (name: string) => ({
  [`${name}-province`]: '40',
  [`${name}-commune`]: '16690',
  [`${name}-detail`]: 'Số 1 Lê Lợi',
});
const date = (name: string, day: string, month: string, year: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
});

/** Right answers to the registration of a birth (1.001193), page by page. */
export const birthAnswers: Readonly<Record<string, Record<string, string>>> = {
  'nguoi-di-dang-ky': { applicantPhone: '0912345678', ...address('applicantAddress'), relation: 'mother' },
  'tre-em': {
    childName: 'Nguyễn Minh Khôi',
    ...date('childBirthDate', '1', '11', '2026'),
    childGender: 'male',
    childEthnicity: 'Kinh',
    childNationality: 'Việt Nam',
    childHomeplace: 'Nghệ An',
    birthPlaceKind: 'hospital',
    hospitalName: 'Bệnh viện Sản Nhi Nghệ An',
    ...address('birthPlace'),
  },
  'cha-me': {
    hasMother: 'yes',
    motherName: 'Nguyễn Thị Lan',
    motherIdentityNumber: '040190000012',
    ...date('motherBirthDate', '12', '5', '1990'),
    hasFather: 'no',
  },
  'ban-sao': { wantsCopies: 'no', oath: 'yes' },
};

/** Starts an application at the commune with this name; returns its id. */
export async function startAt(app: TestApp, person: Person, code = '1.001193', place = 'Trường Vinh'): Promise<string> {
  const { body } = await person.get(`/thu-tuc-hanh-chinh/${code}/nop?noi=${encodeURIComponent(place)}`);
  const offer = /name="offer"[^>]*value="([0-9a-f-]{36})"/.exec(body)?.[1] ?? '';
  const started = await person.post(`/thu-tuc-hanh-chinh/${code}/nop`, { offer });
  return /\/nop-ho-so\/([0-9a-f-]{36})/.exec(started.headers.location ?? '')?.[1] ?? '';
}

/** Fills in every page of the form; leaves papers and delivery to the caller. A page that turns out to ask more comes twice. */
export async function fillBirth(app: TestApp, person: Person, id: string): Promise<void> {
  for (const [page, answers] of Object.entries(birthAnswers)) {
    const url = `/nop-ho-so/${id}/to-khai/${page}`;
    let shown = await person.get(url);
    for (let round = 0; shown.statusCode === 200 && round < 3; round += 1) {
      const hidden = hiddenPairs(shown.body).filter(([name]) => name !== '_csrf' && name !== 'key');
      const parts = [...hidden, ...Object.entries(answers)].map(([name, value]) => ({ name, value }));
      shown = await postFiles(app, person, url, parts);
    }
    if (shown.statusCode !== 303)
      throw new Error(
        `${page} answered ${shown.statusCode}: ${/error-summary[\s\S]{0,1500}/.exec(shown.body)?.[0].replaceAll(/<[^>]+>/g, ' ')}`,
      );
  }
}
