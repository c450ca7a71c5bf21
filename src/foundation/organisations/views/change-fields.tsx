import { useLocale, type Locale } from '../../../platform/http/page-context.ts';
import { bound, boundFile, type FormState } from '../../../ui/components/form-state.ts';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { localWords } from '../../../ui/local-words.ts';
import type { ChangeKind } from '../reorganisation.ts';
import { kindItems } from './admin-words.ts';
import { operationWords } from './operation-words.ts';
import { DayField, TextField } from './unit-fields.tsx';

const words = localWords({
  vi: {
    fromUnits: 'Các đơn vị nhập vào',
    fromUnit: 'Đơn vị bị chia, tách',
    dissolved: 'Các đơn vị giải thể',
    moved: 'Các đơn vị được chuyển',
    unit: 'Đơn vị đổi tên',
    toUnit: 'Đơn vị nhận đã có',
    toUnits: 'Các đơn vị nhận đã có',
    parent: 'Đơn vị cấp trên mới',
    codes: 'Mã định danh, mã đơn vị hành chính hoặc tên đầy đủ; nhiều đơn vị cách nhau bằng dấu phẩy',
    one: 'Mã định danh, mã đơn vị hành chính hoặc tên đầy đủ',
    orNew: 'Để trống nếu lập đơn vị mới ở dưới',
    later: 'Để trống nếu quyết định sau',
    newNameVi: 'Tên đơn vị mới',
    newNameEn: 'Tên tiếng Anh của đơn vị mới',
    newShortName: 'Tên ngắn của đơn vị mới',
    newCode: 'Mã định danh của đơn vị mới',
    newKind: 'Loại đơn vị mới',
    newParent: 'Đơn vị mới trực thuộc',
    newNames: 'Các đơn vị mới, mỗi dòng một tên',
    sameKind: 'Như đơn vị cũ',
    goesOn: 'Đơn vị vẫn hoạt động, chỉ tách một phần',
    nameVi: 'Tên mới',
    nameEn: 'Tên mới bằng tiếng Anh',
    shortName: 'Tên ngắn mới',
  },
  en: {
    fromUnits: 'Units that are merged',
    fromUnit: 'Unit that is split',
    dissolved: 'Units that are dissolved',
    moved: 'Units that are moved',
    unit: 'Unit that is renamed',
    toUnit: 'Existing unit that takes over',
    toUnits: 'Existing units that take over',
    parent: 'New unit above',
    codes: 'Agency identifier, administrative code or full name; several are separated by commas',
    one: 'Agency identifier, administrative code or full name',
    orNew: 'Leave it empty to found a new unit below',
    later: 'Leave it empty to decide later',
    newNameVi: 'Name of the new unit',
    newNameEn: 'English name of the new unit',
    newShortName: 'Short name of the new unit',
    newCode: 'Agency identifier of the new unit',
    newKind: 'Kind of the new unit',
    newParent: 'The new unit belongs to',
    newNames: 'New units, one name a line',
    sameKind: 'As the unit before',
    goesOn: 'The unit goes on and only gives a part away',
    nameVi: 'New name',
    nameEn: 'New English name',
    shortName: 'New short name',
  },
});

/** Labels of all fields, for error summaries. */
export const fieldLabels = (locale: Locale): Record<string, string> => {
  const own = words.in(locale);
  const shared = operationWords.in(locale);
  return {
    ...own,
    title: shared.name,
    decisionNumber: shared.decision,
    issuingBody: shared.body,
    effectiveOn: shared.effective,
    file: shared.file,
  };
};

/** Title, decision, day of effect, and the decision itself. */
export function DecisionFields(props: { form: FormState }) {
  const shared = operationWords.use();
  const { form } = props;
  return (
    <>
      <TextField form={form} name="title" label={shared.name} />
      <TextField form={form} name="decisionNumber" label={shared.decision} classes="govuk-input--width-20" />
      <TextField form={form} name="issuingBody" label={shared.body} />
      <DayField form={form} name="effectiveOn" label={shared.effective} />
      <FileUpload {...boundFile(form, 'file')} label={{ text: shared.file }} attributes={{ accept: '.pdf' }} />
    </>
  );
}

function NewUnitFields(props: { form: FormState; isOpen?: boolean }) {
  const own = words.use();
  const locale = useLocale();
  const { form } = props;
  return (
    <>
      <TextField form={form} name="newNameVi" label={own.newNameVi} />
      <TextField form={form} name="newNameEn" label={own.newNameEn} />
      <TextField form={form} name="newShortName" label={own.newShortName} classes="govuk-input--width-20" />
      <TextField form={form} name="newCode" label={own.newCode} hint="H41.12" classes="govuk-input--width-20" />
      <Select
        {...bound(form, 'newKind')}
        label={{ text: own.newKind }}
        items={[{ value: '', text: own.sameKind }, ...kindItems(locale)]}
      />
      <TextField form={form} name="newParent" label={own.newParent} hint={own.one} />
    </>
  );
}

/** The fields of one kind of change. */
export function ChangeFields(props: { kind: ChangeKind; form: FormState }) {
  const own = words.use();
  const { form, kind } = props;
  const many = (name: string, label: string, hint = own.codes) => (
    <Textarea {...bound(form, name)} rows={3} label={{ text: label }} hint={{ text: hint }} />
  );
  const input = <input type="hidden" name="kind" value={kind} />;
  if (kind === 'merge')
    return (
      <>
        {input}
        {many('fromUnits', own.fromUnits)}
        <TextField form={form} name="toUnit" label={own.toUnit} hint={`${own.one}. ${own.orNew}.`} />
        <NewUnitFields form={form} />
      </>
    );
  if (kind === 'split')
    return (
      <>
        {input}
        <TextField form={form} name="fromUnit" label={own.fromUnit} hint={own.one} />
        {many('toUnits', own.toUnits)}
        {many('newNames', own.newNames, own.sameKind)}
        <Checkboxes
          name="goesOn"
          idPrefix="goesOn"
          values={[bound(form, 'goesOn').value ?? '']}
          items={[{ value: '1', text: own.goesOn }]}
        />
      </>
    );
  if (kind === 'rename')
    return (
      <>
        {input}
        <TextField form={form} name="unit" label={own.unit} hint={own.one} />
        <TextField form={form} name="nameVi" label={own.nameVi} />
        <TextField form={form} name="nameEn" label={own.nameEn} />
        <TextField form={form} name="shortName" label={own.shortName} classes="govuk-input--width-20" />
      </>
    );
  if (kind === 'dissolve')
    return (
      <>
        {input}
        {many('fromUnits', own.dissolved)}
        <TextField form={form} name="toUnit" label={own.toUnit} hint={`${own.one}. ${own.later}.`} />
      </>
    );
  if (kind === 'move')
    return (
      <>
        {input}
        {many('fromUnits', own.moved)}
        <TextField form={form} name="parent" label={own.parent} hint={own.one} />
      </>
    );
  return (
    <>
      {input}
      <NewUnitFields form={form} />
    </>
  );
}
