import { definedScopes } from '../../../platform/access.ts';
import { useLocale, usePage } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { AppFaults } from '../oidc-app-form.ts';
import { claimCatalogue, claimNames, type ClaimName, type RelyingApp } from '../relying-app.ts';

const words = localWords({
  vi: {
    register: 'Đăng ký ứng dụng',
    request: 'Đề nghị kết nối ứng dụng',
    change: 'Sửa ứng dụng',
    problem: 'Chưa lưu được',
    stale: 'Người khác vừa sửa ứng dụng này. Hãy mở lại trang để xem nội dung mới trước khi sửa.',
    requestText:
      'Tỉnh xem xét đề nghị trước khi ứng dụng dùng được. Khi được duyệt, bạn tự lấy khóa bí mật tại trang của ứng dụng.',
    waits:
      'Đổi địa chỉ, thông tin nhận hoặc cách chứng thực thì ứng dụng phải chờ tỉnh duyệt lại và tạm thời không đăng nhập được.',
    about: 'Giới thiệu',
    unit: 'Cơ quan chủ quản',
    unitHint: 'Tên đầy đủ, tên gọi ngắn hoặc mã định danh của cơ quan.',
    nameVi: 'Tên ứng dụng',
    nameEn: 'Tên bằng tiếng Anh (nếu có)',
    purposeVi: 'Ứng dụng dùng để làm gì',
    purposeHint: 'Một hai câu để người dân hiểu. Câu này hiện khi người dùng đăng nhập lần đầu.',
    purposeEn: 'Câu trên bằng tiếng Anh (nếu có)',
    homeUrl: 'Địa chỉ trang chủ',
    contact: 'Người phụ trách (họ tên, điện thoại, thư điện tử)',
    technical: 'Kỹ thuật',
    kind: 'Loại ứng dụng',
    kinds: {
      web: { text: 'Chạy trên máy chủ của cơ quan', hint: 'Trang thông tin, phần mềm mở bằng trình duyệt.' },
      native: { text: 'Cài trên điện thoại, máy tính của người dùng', hint: 'Không giữ được khóa bí mật.' },
      service: { text: 'Máy gọi máy, không có người đăng nhập', hint: 'Gửi hồ sơ qua giao diện lập trình.' },
    },
    redirectUris: 'Địa chỉ nhận người dùng sau khi đăng nhập',
    redirectHint: 'Mỗi dòng một địa chỉ đầy đủ, phải khớp từng ký tự. Bắt đầu bằng https://.',
    postLogoutUris: 'Địa chỉ nhận người dùng sau khi đăng xuất (nếu có)',
    backchannelUri: 'Địa chỉ nhận tin đăng xuất (nên có)',
    backchannelHint: 'Khi người dùng đăng xuất ở bất cứ đâu, hệ thống báo tới địa chỉ này để ứng dụng kết thúc phiên.',
    authMethod: 'Ứng dụng chứng thực bằng',
    methods: {
      client_secret_basic: 'Khóa bí mật gửi trong tiêu đề (nên dùng)',
      client_secret_post: 'Khóa bí mật gửi trong nội dung',
      private_key_jwt: 'Khóa riêng của ứng dụng, hệ thống chỉ giữ khóa công khai',
      none: 'Không có khóa (chỉ cho ứng dụng cài trên thiết bị)',
    },
    jwks: 'Bộ khóa công khai',
    jwksHint: 'Chỉ khi chứng thực bằng khóa riêng. Dán bộ khóa công khai, hoặc ghi địa chỉ của nó ở ô dưới.',
    jwksUri: 'Địa chỉ của bộ khóa công khai',
    isPairwise: 'Mã người dùng riêng cho ứng dụng này',
    pairwiseHint:
      'Hai ứng dụng không thể so mã để biết cùng một người. Mọi địa chỉ nhận người dùng phải cùng một máy chủ.',
    yes: 'Dùng mã riêng',
    people: 'Người dùng và thông tin',
    audience: 'Ai được đăng nhập',
    audiences: { citizen: 'Công dân', business: 'Doanh nghiệp', official: 'Cán bộ, công chức, viên chức' },
    claims: 'Thông tin ứng dụng được biết',
    claimsHint:
      'Chỉ chọn những gì thật cần. Mỗi thông tin phải có mục đích và căn cứ pháp lý; người dùng được xem cả hai.',
    claimPurpose: 'Dùng để làm gì',
    claimBasis: 'Căn cứ pháp lý',
    scopes: 'Được gọi',
    reachUnits: 'Với hồ sơ của đơn vị nào',
    reachHint:
      'Mỗi dòng tên một đơn vị; quyền có hiệu lực với đơn vị đó và mọi đơn vị trực thuộc. Chỉ cần khi chọn quyền của phần mềm cơ quan giải quyết.',
    validTo: 'Dùng đến hết ngày (nếu có hạn)',
    validToHint: 'Ví dụ 31/12/2027',
    allowedOrigins: 'Trang web được gọi trực tiếp từ trình duyệt (nếu có)',
    originsHint: 'Mỗi dòng một địa chỉ gốc, ví dụ https://tra-cuu.example.vn',
    save: 'Lưu',
    send: 'Gửi đề nghị',
    faults: {
      needed: 'Hãy điền ô này; cơ quan phải đúng một đơn vị có thật',
      noUnits: 'Quyền đã chọn chỉ có hiệu lực với một số đơn vị: hãy ghi ít nhất một đơn vị',
      unknownUnit: 'Có dòng không khớp đúng một đơn vị; hãy ghi tên đầy đủ',
      foreignUnit: 'Có đơn vị không thuộc phạm vi của bạn',
      notDay: 'Ngày chưa đúng; ví dụ 31/12/2027',
      notOrigin: 'Mỗi dòng là https:// và tên máy chủ, không có gì phía sau',
      notAddress: 'Có địa chỉ chưa đúng: phải đầy đủ, bắt đầu bằng https://, không có dấu # và dấu *',
      noAddresses: 'Hãy ghi ít nhất một địa chỉ',
      tooMany: 'Nhiều nhất mười địa chỉ',
      notOutbound:
        'Hệ thống không được gọi tới địa chỉ này: phải là https:// và nằm trên mạng công cộng hoặc mạng được phép',
      notKeys: 'Bộ khóa công khai chưa đọc được',
      privateKey: 'Đừng dán khóa riêng vào đây. Hãy thay khóa ấy, rồi chỉ dán khóa công khai',
      oneHost: 'Mã riêng cần mọi địa chỉ nhận người dùng cùng một máy chủ',
      noSecretHere: 'Ứng dụng cài trên thiết bị không có khóa',
      secretNeeded: 'Loại ứng dụng này phải có khóa',
      noAudience: 'Hãy chọn ai được đăng nhập',
      noScopes: 'Hãy chọn việc được gọi',
      needsBasis: 'Hãy ghi mục đích và căn cứ pháp lý của từng thông tin đã chọn',
    },
  },
  en: {
    register: 'Register an application',
    request: 'Ask to connect an application',
    change: 'Change the application',
    problem: 'There is a problem',
    stale: 'Somebody else has just changed this application. Open the page again and look at the new content first.',
    requestText:
      'The province looks at the request first. Once approved, you take the secret yourself on the application’s page.',
    waits:
      'After a change of addresses, information or authentication the application waits for the province again, and nobody can sign in to it meanwhile.',
    about: 'About',
    unit: 'Responsible agency',
    unitHint: 'Full name, short name or identifier of the agency.',
    nameVi: 'Name in Vietnamese',
    nameEn: 'Name in English (optional)',
    purposeVi: 'What it is for, in Vietnamese',
    purposeHint: 'One or two sentences for everybody, shown at the first sign-in.',
    purposeEn: 'The same in English (optional)',
    homeUrl: 'Address of its front page',
    contact: 'Person responsible (name, phone, e-mail)',
    technical: 'Technical',
    kind: 'Kind of application',
    kinds: {
      web: { text: 'Runs on a server of the agency', hint: 'Sites and software used in a browser.' },
      native: { text: 'Installed on people’s devices', hint: 'Cannot keep a secret.' },
      service: { text: 'Machine to machine, nobody signs in', hint: 'Submits dossiers by the public interface.' },
    },
    redirectUris: 'Addresses that people come back to',
    redirectHint: 'One full address a line, matched letter by letter. They start with https://.',
    postLogoutUris: 'Addresses after signing out (optional)',
    backchannelUri: 'Address that hears of sign-outs (recommended)',
    backchannelHint:
      'When a person signs out anywhere, this address is told, so that the application ends its session.',
    authMethod: 'The application proves itself by',
    methods: {
      client_secret_basic: 'A secret in the header (recommended)',
      client_secret_post: 'A secret in the body',
      private_key_jwt: 'A key of its own, of which the province knows the public part only',
      none: 'Nothing (installed applications only)',
    },
    jwks: 'Public key set',
    jwksHint: 'For a key of its own only. Paste the set, or give its address below.',
    jwksUri: 'Address of the public key set',
    isPairwise: 'An identifier of its own for each person',
    pairwiseHint: 'Two applications cannot compare who is who. All return addresses must be on one host.',
    yes: 'Use own identifiers',
    people: 'People and information',
    audience: 'Who may sign in',
    audiences: { citizen: 'Citizens', business: 'Businesses', official: 'Officials' },
    claims: 'What the application learns',
    claimsHint: 'Only what it needs. Each has a purpose and a legal basis; people see both.',
    claimPurpose: 'What it is for',
    claimBasis: 'Legal basis',
    scopes: 'May call',
    reachUnits: 'Over the dossiers of which units',
    reachHint:
      'One unit a line; rights hold over it and everything below it. Needed only for the scopes of agencies’ systems.',
    validTo: 'Until the end of (if it ends)',
    validToHint: 'For example 31/12/2027',
    allowedOrigins: 'Web sites that may call from the browser (if any)',
    originsHint: 'One origin a line, such as https://look-up.example.vn',
    save: 'Save',
    send: 'Send the request',
    faults: {
      needed: 'Fill this in; the agency must be exactly one that exists',
      noUnits: 'The scopes chosen hold over units: name one at least',
      unknownUnit: 'A line fits none or several units; give the whole name',
      foreignUnit: 'A unit is not among yours',
      notDay: 'That is no date; for example 31/12/2027',
      notOrigin: 'Each line is https:// and a host, with nothing behind',
      notAddress: 'An address is not valid: it must be whole, start with https:// and have no # and no *',
      noAddresses: 'Give at least one address',
      tooMany: 'Ten addresses at most',
      notOutbound:
        'The program may not call this address: it must be https:// on the public Internet or an allowed network',
      notKeys: 'This public key set cannot be read',
      privateKey: 'Never paste a private key. Replace that key, then paste the public one only',
      oneHost: 'Own identifiers need all return addresses on one host',
      noSecretHere: 'An installed application has no secret',
      secretNeeded: 'This kind of application needs a secret or a key',
      noAudience: 'Choose who may sign in',
      noScopes: 'Choose what it may call',
      needsBasis: 'Give purpose and legal basis for each piece of information chosen',
    },
  },
});

type Words = ReturnType<typeof words.use>;
interface Part {
  w: Words;
  values: URLSearchParams;
  faults: AppFaults;
}
const faultOf = ({ w, faults }: Part, field: string) =>
  faults[field] === undefined ? undefined : { text: w.faults[faults[field]] };
const small = 'govuk-label--s';

function Line(props: Part & { name: string; label: string; hint?: string }) {
  return (
    <Input
      name={props.name}
      label={{ text: props.label, classes: small }}
      hint={props.hint ? { text: props.hint } : undefined}
      value={props.values.get(props.name)?.slice(0, 500) ?? ''}
      errorMessage={faultOf(props, props.name)}
    />
  );
}

function Lines(props: Part & { name: string; label: string; hint?: string; rows?: number }) {
  return (
    <Textarea
      name={props.name}
      label={{ text: props.label, classes: small }}
      hint={props.hint ? { text: props.hint } : undefined}
      value={props.values.get(props.name)?.slice(0, 20_000) ?? ''}
      errorMessage={faultOf(props, props.name)}
      rows={props.rows ?? 3}
      spellcheck={false}
    />
  );
}

function Technical(props: Part) {
  const { w, values } = props;
  const locale = useLocale();
  return (
    <>
      <h2 class="govuk-heading-m">{w.technical}</h2>
      <Radios
        name="kind"
        value={values.get('kind') ?? 'web'}
        fieldset={{ legend: { text: w.kind, classes: 'govuk-fieldset__legend--s' } }}
        items={Object.entries(w.kinds).map(([value, { text, hint }]) => ({ value, text, hint: { text: hint } }))}
      />
      <Lines {...props} name="redirectUris" label={w.redirectUris} hint={w.redirectHint} />
      <Lines {...props} name="postLogoutUris" label={w.postLogoutUris} rows={2} />
      <Line {...props} name="backchannelUri" label={w.backchannelUri} hint={w.backchannelHint} />
      <Radios
        name="authMethod"
        value={values.get('authMethod') ?? 'client_secret_basic'}
        errorMessage={faultOf(props, 'authMethod')}
        fieldset={{ legend: { text: w.authMethod, classes: 'govuk-fieldset__legend--s' } }}
        items={Object.entries(w.methods).map(([value, text]) => ({ value, text }))}
      />
      <Lines {...props} name="jwks" label={w.jwks} hint={w.jwksHint} rows={4} />
      <Line {...props} name="jwksUri" label={w.jwksUri} />
      <Checkboxes
        name="isPairwise"
        values={values.getAll('isPairwise')}
        errorMessage={faultOf(props, 'isPairwise')}
        fieldset={{ legend: { text: w.isPairwise, classes: 'govuk-fieldset__legend--s' } }}
        hint={{ text: w.pairwiseHint }}
        items={[{ value: 'yes', text: w.yes }]}
      />
      <Checkboxes
        name="serviceScopes"
        values={values.getAll('serviceScopes')}
        errorMessage={faultOf(props, 'serviceScopes')}
        fieldset={{ legend: { text: `${w.scopes} (${w.kinds.service.text})`, classes: 'govuk-fieldset__legend--s' } }}
        items={definedScopes().map(({ name, title }) => ({ value: name, text: title[locale], hint: { text: name } }))}
      />
      <Lines {...props} name="reachUnits" label={w.reachUnits} hint={w.reachHint} />
      <Line {...props} name="validTo" label={w.validTo} hint={w.validToHint} />
      <Lines {...props} name="allowedOrigins" label={w.allowedOrigins} hint={w.originsHint} rows={2} />
    </>
  );
}

function ClaimFields(props: Part & { claim: ClaimName }) {
  const { w, claim, values } = props;
  const field = (name: string, label: string) => (
    <Input
      name={`${name}-${claim}`}
      label={{ text: label }}
      value={values.get(`${name}-${claim}`)?.slice(0, 300) ?? ''}
      errorMessage={faultOf(props, `${name}-${claim}`)}
    />
  );
  return (
    <>
      {field('purpose', w.claimPurpose)}
      {field('basis', w.claimBasis)}
    </>
  );
}

function People(props: Part) {
  const { w, values } = props;
  const { locale } = usePage();
  return (
    <>
      <h2 class="govuk-heading-m">{w.people}</h2>
      <Checkboxes
        name="audience"
        values={values.getAll('audience')}
        errorMessage={faultOf(props, 'audience')}
        fieldset={{ legend: { text: w.audience, classes: 'govuk-fieldset__legend--s' } }}
        items={Object.entries(w.audiences).map(([value, text]) => ({ value, text }))}
      />
      <Checkboxes
        name="claims"
        values={values.getAll('claims')}
        fieldset={{ legend: { text: w.claims, classes: 'govuk-fieldset__legend--s' } }}
        hint={{ text: w.claimsHint }}
        items={claimNames.map((claim) => ({
          value: claim,
          text: claimCatalogue[claim][locale],
          conditional: { html: <ClaimFields {...props} claim={claim} /> },
        }))}
      />
    </>
  );
}

/** The form of an application: the province registers with it, an agency asks with it, both change with it. */
export function AppFormPage(props: {
  values: URLSearchParams;
  faults: AppFaults;
  app: RelyingApp | null;
  hasUnit: boolean;
  isManager: boolean;
  isStale: boolean;
}) {
  const w = words.use();
  const part: Part = { w, values: props.values, faults: props.faults };
  const faults = Object.entries(props.faults);
  const title = props.app ? w.change : props.isManager ? w.register : w.request;
  return (
    <WorkspaceLayout
      title={title}
      backPath={props.app ? paths.adminApp({ id: props.app.id }) : paths.adminApps()}
      hasErrors={faults.length > 0 || props.isStale}
    >
      {(faults.length > 0 || props.isStale) && (
        <ErrorSummary
          titleText={w.problem}
          errorList={
            props.isStale
              ? [{ text: w.stale }]
              : faults.map(([field, fault]) => ({ text: w.faults[fault], href: `#${field}` }))
          }
        />
      )}
      {!props.isManager && (props.app ? <WarningText text={w.waits} /> : <p class="govuk-body">{w.requestText}</p>)}
      <Form class="sen-actform" action={props.app ? paths.adminAppChange({ id: props.app.id }) : paths.adminAppNew()}>
        {props.app && <input type="hidden" name="version" value={String(props.app.version)} />}
        <h2 class="govuk-heading-m">{w.about}</h2>
        {props.hasUnit && <Line {...part} name="unit" label={w.unit} hint={w.unitHint} />}
        <Line {...part} name="nameVi" label={w.nameVi} />
        <Line {...part} name="nameEn" label={w.nameEn} />
        <Lines {...part} name="purposeVi" label={w.purposeVi} hint={w.purposeHint} />
        <Lines {...part} name="purposeEn" label={w.purposeEn} rows={2} />
        <Line {...part} name="homeUrl" label={w.homeUrl} />
        <Line {...part} name="contact" label={w.contact} />
        <Technical {...part} />
        <People {...part} />
        <Button text={props.isManager || props.app ? w.save : w.send} />
      </Form>
    </WorkspaceLayout>
  );
}
