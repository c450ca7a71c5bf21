import type { House, Visitor } from './_town.ts';
import type { Things } from './_planted.ts';

/*
 * The rights table: who may come to an address, written from the province's roles (`province/nghe-an/roles.json`) and the purpose of each
 * page. It is a second opinion on purpose: nothing here is read from the declarations of the routes.
 */

type Rule = (visitor: Visitor, house: House | null) => boolean;

const everybody: Rule = () => true;
const isPerson: Rule = ({ kind }) => kind === 'citizen' || kind === 'business';
const isSignedIn: Rule = (visitor, house) => isPerson(visitor, house) || visitor.kind === 'official';
const isOfficial: Rule = ({ kind }) => kind === 'official';
const any =
  (...permissions: string[]): Rule =>
  ({ permissions: held }) =>
    permissions.some((permission) => held.has(permission));
/** Holds a right, and over the house's agency where the address names something of a house. */
const over =
  (...permissions: string[]): Rule =>
  (visitor, house) =>
    any('dossiers.view')(visitor, house) &&
    any(...permissions)(visitor, house) &&
    (house === null || visitor.places.has(house));
/** Holds a right over the unit to which the house's thing belongs; addresses that name nothing of a house answer with what is one's own. */
const inUnit =
  (...permissions: string[]): Rule =>
  (visitor, house) =>
    any(...permissions)(visitor, house) && (house === null || visitor.places.has(house));
/** An official's account belongs to the units of their posts, that of a business (house 4) to the province. */
const managesAccount: Rule = (visitor, house) =>
  inUnit('identity.manage')(visitor, house) && (house !== 4 || visitor.everywhere);
const managesProvince: Rule = (visitor, house) => any('identity.manage')(visitor, house) && visitor.everywhere;
const owns: Rule = (visitor, house) => isPerson(visitor, house) && (house === null || visitor.self === house);
const ownsAndActs: Rule = (visitor, house) => owns(visitor, house) && !visitor.looksOnly;
/** Hands in, answers and withdraws: the owner, or whoever holds a mandate in force to do so. */
const actsFor: Rule = (visitor, house) =>
  ownsAndActs(visitor, house) || (isPerson(visitor, house) && house !== null && visitor.acts.has(house));
const seesOwn: Rule = (visitor, house) =>
  isPerson(visitor, house) && (house === null || visitor.self === house || visitor.mandates.has(house));
const knowsDelegation: Rule = (visitor, house) =>
  isPerson(visitor, house) && (house === null || visitor.self === house || visitor.knows.has(house));
const scope =
  (name: string): Rule =>
  ({ scopes }) =>
    scopes.has(name);

/** First fit decides. `write` is for every method but GET, where it differs. */
const table: readonly (readonly [address: RegExp, read: Rule, write?: Rule])[] = [
  // The workspace: acts upon a dossier need the right to that act at its agency.
  [/^\/lam-viec\/dang-nhap/, everybody],
  [/^\/lam-viec\/ho-so\/xuat/, over('dossiers.export')],
  [/^\/lam-viec\/ho-so\/hang-loat/, over('dossiers.assign'), over('dossiers.view')],
  [/^\/lam-viec\/ho-so\/cach-xem/, over('dossiers.view')],
  [/^\/lam-viec\/ho-so\/:id\/(tiep-nhan|tu-choi|nhan-bo-sung)/, over('dossiers.view'), over('dossiers.receive')],
  [/^\/lam-viec\/ho-so\/:id\/phan-cong/, over('dossiers.view'), over('dossiers.assign')],
  [/^\/lam-viec\/ho-so\/:id\/phe-duyet/, over('dossiers.view'), over('dossiers.approve')],
  [/^\/lam-viec\/ho-so\/:id\/(buoc|bat-dau)/, over('dossiers.view'), over('dossiers.process')],
  [/^\/lam-viec\/ho-so\/:id\/tra-ket-qua/, over('dossiers.view'), over('dossiers.return')],
  [/^\/lam-viec\/ho-so\/:id\/dung/, over('dossiers.view'), over('dossiers.stop')],
  [/^\/lam-viec\/ho-so\/:id\/hen-lai/, over('dossiers.view'), over('dossiers.extend')],
  [/^\/lam-viec\/(ho-so|tim-kiem|mau-cau|so-lieu)/, over('dossiers.view')],
  [/^\/lam-viec\/mot-cua\/khoi-phuc/, any('identity.recover-at-counter')],
  [/^\/lam-viec\/mot-cua/, any('dossiers.receive')],
  [/^\/lam-viec\/xac-nhan/, any('forms.confirm')],
  [/^\/lam-viec\/bao-truc-tiep/, any('notifications.hand-notes')],
  [/^\/lam-viec\/uy-quyen\/buu-chinh/, any('delegations.name-operators')],
  [/^\/lam-viec\/uy-quyen/, any('delegations.confirm')],
  [/^\/lam-viec\/du-lieu-ca-nhan/, inUnit('people.requests')],
  [/^\/lam-viec\/vi-pham-du-lieu/, inUnit('people.breaches')],
  [/^\/lam-viec\/hop-nhat\/:id/, inUnit('people.merge', 'people.approve-mergers'), inUnit('people.approve-mergers')],
  [/^\/lam-viec\/hop-nhat/, any('people.merge', 'people.approve-mergers'), any('people.merge')],
  [/^\/lam-viec\/mo-lai-tai-khoan/, any('people.merge')],
  [/^\/lam-viec/, isOfficial],
  // Administration.
  [/^\/quan-tri\/(don-vi|sap-xep-don-vi|vi-tri|can-bo|vai-tro)/, any('organisations.manage')],
  [/^\/quan-tri\/tai-khoan\/muc-do-xac-minh/, managesProvince],
  [/^\/quan-tri\/tai-khoan/, managesAccount],
  [/^\/quan-tri\/ung-dung/, any('identity.apps-manage', 'identity.apps-request')],
  [
    /^\/quan-tri\/thu-tuc\/(:code\/(soan|so-sanh|lich-su)|ban-soan|moi|van-ban|loi)/,
    any('procedures.manage', 'procedures.edit', 'procedures.review'),
  ],
  [/^\/quan-tri\/thu-tuc/, any('procedures.manage', 'procedures.edit', 'procedures.review'), any('procedures.manage')],
  [/^\/quan-tri\/danh-muc\/(:code\/)?de-nghi/, any('catalogues.manage', 'catalogues.propose')],
  [/^\/quan-tri\/danh-muc/, any('catalogues.manage', 'catalogues.propose'), any('catalogues.manage')],
  [/^\/quan-tri\/bieu-mau/, any('forms.manage')],
  [/^\/quan-tri\/lich-lam-viec/, any('calendar.manage')],
  [/^\/quan-tri\/mau-tin/, any('notifications.texts')],
  [
    /^\/quan-tri\/(hop-thu-di|tin-|so-lieu-gui-tin|nha-cung-cap-tin|han-muc-gui-tin|che-do-gui-tin)/,
    any('notifications.manage'),
  ],
  [/^\/quan-tri\/kho-tep/, any('files.manage')],
  [/^\/quan-tri\/nhat-ky/, any('events.view')],
  [/^\/quan-tri\/(tac-vu|sao-luu)/, any('operations.view'), any('operations.manage')],
  [/^\/quan-tri\/bao-tri/, any('operations.manage')],
  [/^\/quan-tri/, isOfficial], // a section that is new here: at least nobody else
  // A person's own.
  [
    /^\/tai-khoan\/ho-so\/:id\/(bo-sung|rut)/,
    (visitor, house) => seesOwn(visitor, house) || actsFor(visitor, house),
    actsFor,
  ],
  [/^\/tai-khoan\/ho-so/, seesOwn, ownsAndActs],
  [
    /^\/tai-khoan\/uy-quyen/,
    knowsDelegation,
    (visitor, house) => knowsDelegation(visitor, house) && !visitor.looksOnly,
  ],
  [
    /^\/tai-khoan\/(thong-bao|bao-mat)\/.*:id/,
    (visitor, house) => (house === null ? isSignedIn(visitor, house) : owns(visitor, house)),
  ],
  [
    /^\/tai-khoan\/(ban-nhap|du-lieu|dong|lien-he|xac-minh-lien-he|lich-su-truy-cap|giay-to|tim-kiem-da-luu)/,
    owns,
    ownsAndActs,
  ],
  [/^\/tai-khoan\/(tu-cach|thanh-vien|loi-moi)/, isPerson],
  [/^\/tai-khoan/, isSignedIn],
  [/^\/nop-ho-so/, owns, ownsAndActs],
  [/^\/thu-tuc-hanh-chinh\/:code\/nop/, isPerson, ownsAndActs],
  [/^\/(dang-ky\/doanh-nghiep|lam-tiep|xac-nhan|trang-cua-toi)/, isPerson],
  [/^\/tai-len\/:/, (visitor, house) => (house === null ? isSignedIn(visitor, house) : owns(visitor, house))],
  [/^\/tai-len/, isSignedIn],
  [/^\/(xac-minh-lai|phien-lam-viec|doi-vi-tri)/, isSignedIn],
  // Machines. The state of a dossier is told to whoever has its code and its secret; more needs the scope.
  [/^\/api\/v1\/dossiers\/:/, scope('dossiers.read')],
  [/^\/api\/v1\/dossiers/, scope('dossiers.read'), scope('dossiers.submit')],
  [/^\/api\/v1\/procedure-drafts/, scope('procedures.edit')],
  [/^\/api\/v1\/procedure-packages/, scope('procedures.manage')],
  [/^\/api\/v1\/procedure-defects/, ({ scopes }) => scopes.has('procedures.edit') || scopes.has('procedures.manage')],
];

/** Whether the table lets somebody do this; an address that it does not name is public. */
export function mayDo(visitor: Visitor, method: string, pattern: string, house: House | null): boolean {
  const row = table.find(([address]) => address.test(pattern));
  if (!row) return true;
  const [, read, write] = row;
  return (method === 'GET' ? read : (write ?? read))(visitor, house);
}

/** Statuses of success that give nothing away: pages for whoever is not signed in, and what leads on to a page that asks. */
export const isHarmless = (method: string, pattern: string): boolean =>
  (method === 'OPTIONS' && pattern === '/tai-len') || pattern.endsWith('/so-dinh-danh');

/** What a parameter stands for where an address names something of a house; undefined when it names nothing of anybody. */
export function thingOf(pattern: string, parameter: string, things: Things): string | undefined {
  const dossier = (): string => {
    if (/bo-sung/.test(pattern)) return 'waiting';
    if (/tra-ket-qua/.test(pattern)) return 'done';
    if (/(tiep-nhan|tu-choi|tai-khoan.*rut)/.test(pattern) && !/giay-tiep-nhan/.test(pattern)) return 'fresh';
    return 'working';
  };
  const name = [
    [/^\/(lam-viec|tai-khoan)\/ho-so\/:id/, 'id', dossier()],
    [/^\/(lam-viec|tai-khoan)\/ho-so\/:id\/tep/, 'fileId', `${dossier()}File`],
    [/^\/api\/v1\/dossiers\/:code/, 'code', 'code'],
    [/^\/nop-ho-so\/:draftId/, 'draftId', 'application'],
    [/^\/nop-ho-so\/:draftId\/giay-to\/:fileId/, 'fileId', 'applicationFile'],
    [/^\/tai-khoan\/thong-bao\/:id/, 'id', 'message'],
    [/^\/tai-khoan\/uy-quyen\/:id/, 'id', 'delegation'],
    [/^\/lam-viec\/uy-quyen\/:id/, 'id', 'askedDelegation'],
    [/^\/tai-khoan\/du-lieu\/yeu-cau\/:id/, 'id', 'request'],
    [/^\/lam-viec\/du-lieu-ca-nhan\/:id/, 'id', 'request'],
    [/^\/tai-khoan\/bao-mat\/cach-xac-minh\/:id/, 'id', 'factor'],
    [/^\/tai-len\/:uploadId/, 'uploadId', 'upload'],
    [/^\/lam-viec\/mau-cau\/:phraseId/, 'phraseId', 'phrase'],
    [/^\/lam-viec\/hop-nhat\/:id/, 'id', 'merger'],
    [/^\/lam-viec\/vi-pham-du-lieu\/:id/, 'id', 'breach'],
    [/^\/quan-tri\/tai-khoan\/:id/, 'id', 'managed'],
  ].find(([address, wanted]) => wanted === parameter && (address as RegExp).test(pattern))?.[2] as string | undefined;
  return name === undefined ? undefined : things[name];
}

/** Further values for parameters that are no id. */
export const plainValues: Record<string, string> = {
  slip: 'phieu-hen',
  page: '1',
  act: 'rut',
  action: 'lock',
  format: 'csv',
  channel: 'email',
  topic: 'nop-ho-so',
  key: 'frontdesk.received',
  code: '1.001193',
};

/** A form that would do something if it were let in: the fields that acts of the product read, each with a value that fits. */
export const fullForm = (csrf: string, things: Things): URLSearchParams =>
  new URLSearchParams({
    _csrf: csrf,
    version: '1',
    'phien-ban': '1',
    reason: 'Thử quyền',
    remark: 'Thử quyền',
    'ly-do': 'Thử quyền',
    'noi-dung': 'Thử quyền',
    text: 'Thử quyền',
    title: 'Thử quyền',
    name: 'Thử quyền',
    body: 'Thử quyền',
    purpose: 'Thử quyền',
    outcome: 'granted',
    decision: 'approve',
    action: 'save',
    confirm: 'yes',
    'xac-nhan': 'yes',
    assignee: '',
    hours: '8',
    date: '2026-12-31',
    kind: 'complaint',
    items: 'Giấy tờ',
    dossierIds: things['working'] ?? '',
    'ho-so': things['working'] ?? '',
    id: things['account'] ?? '',
    accountId: things['account'] ?? '',
    email: 'ke-la@example.vn',
    phone: '0912345678',
    value: 'ke-la@example.vn',
    password: 'Mat-khau-moi-12345',
    permissions: 'identity.manage',
    delivery: 'counter',
  });
