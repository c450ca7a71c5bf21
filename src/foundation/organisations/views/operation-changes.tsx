import { useLocale, type Locale } from '../../../platform/http/page-context.ts';
import type { LocalText } from '../../../platform/problems.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Operation } from '../operation-queries.ts';
import { changeKinds, transfersOf, type Change } from '../reorganisation.ts';
import { changeName, operationWords } from './operation-words.ts';

const words = localWords({
  vi: {
    add: 'Thêm thay đổi',
    remove: 'Bỏ những thay đổi đã chọn',
    choose: 'Chọn thay đổi để bỏ',
    more: (count: number): string => `Và ${count} thay đổi khác.`,
    rules: 'Quy tắc chia hồ sơ',
    rulesHint: 'Hồ sơ theo quy tắc đầu tiên phù hợp; hồ sơ còn lại về đơn vị kế thừa chính.',
    by: 'Chia theo',
    procedure: 'Mã thủ tục',
    field: 'Mã lĩnh vực',
    address: 'Từ trong địa chỉ người nộp',
    code: 'Mã hồ sơ',
    values: 'Giá trị, cách nhau bằng dấu phẩy',
    addRule: 'Thêm quy tắc',
    clearRules: 'Xoá mọi quy tắc',
    from: 'Đơn vị bị chia',
    to: 'Về đơn vị',
  },
  en: {
    add: 'Add a change',
    remove: 'Remove the chosen changes',
    choose: 'Choose changes to remove',
    more: (count: number): string => `And ${count} more changes.`,
    rules: 'Rules that divide dossiers',
    rulesHint: 'A dossier follows the first rule that fits; the others go to the main successor.',
    by: 'Divide by',
    procedure: 'Code of the procedure',
    field: 'Code of the field',
    address: "Word in the applicant's address",
    code: 'Dossier code',
    values: 'Values, separated by commas',
    addRule: 'Add the rule',
    clearRules: 'Remove all rules',
    from: 'Unit that is split',
    to: 'Goes to',
  },
});
const SHOWN = 300;

/** One change as a sentence. */
function sentence(change: Change, nameOf: (unitId: string) => LocalText, locale: Locale): string {
  const name = (unitId: string) => nameOf(unitId)[locale];
  const kind = changeName(change.kind, locale);
  if (change.kind === 'found') return `${kind}: ${name(change.unit.id)}`;
  if (change.kind === 'rename')
    return `${kind}: ${name(change.unitId)} → ${locale === 'vi' ? change.nameVi : change.nameEn}`;
  if (change.kind === 'move') return `${kind}: ${name(change.unitId)} → ${name(change.parentId)}`;
  const to =
    change.kind === 'split'
      ? change.toUnitIds.map(name).join(', ')
      : change.toUnitId === null
        ? operationWords.in(locale).undecided
        : name(change.toUnitId);
  return `${kind}: ${name(change.fromUnitId)} → ${to}`;
}

/** The changes of a plan, and while it is a draft the forms that change them. */
export function OperationChanges(props: {
  operation: Operation;
  nameOf: (unitId: string) => LocalText;
  canChange: boolean;
}) {
  const own = words.use();
  const shared = operationWords.use();
  const locale = useLocale();
  const { operation, nameOf, canChange } = props;
  const { changes, rules } = operation.plan;
  const { id: operationId, version } = operation;
  const lines = changes.slice(0, SHOWN).map((change) => sentence(change, nameOf, locale));
  return (
    <section>
      <h2 class="govuk-heading-m">
        {shared.changes} ({changes.length})
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {changes.length > SHOWN && <p class="govuk-body">{own.more(changes.length - SHOWN)}</p>}
      {canChange && (
        <>
          <p class="govuk-body">
            {own.add}:{' '}
            {changeKinds.map((kind, at) => (
              <>
                {at > 0 && ' · '}
                <Link to={paths.adminOperationChange({ operationId }, { loai: kind })}>{changeName(kind, locale)}</Link>
              </>
            ))}
          </p>
          {changes.length > 1 && (
            <Details summaryText={own.choose}>
              <Form action={paths.adminOperationChangeRemoval({ operationId })}>
                <input type="hidden" name="version" value={version} />
                <Checkboxes
                  name="change"
                  idPrefix="change"
                  classes="govuk-checkboxes--small"
                  fieldset={{ legend: { text: own.choose, classes: 'govuk-visually-hidden' } }}
                  items={lines.map((text, at) => ({ value: String(at), text }))}
                />
                <Button text={own.remove} classes="govuk-button--secondary" preventDoubleClick />
              </Form>
            </Details>
          )}
        </>
      )}
      {changes.some((change) => change.kind === 'split') && <Rules {...props} />}
      {rules.length > 0 && !changes.some((change) => change.kind === 'split') && <p class="govuk-body">{own.rules}</p>}
    </section>
  );
}

function Rules(props: { operation: Operation; nameOf: (unitId: string) => LocalText; canChange: boolean }) {
  const own = words.use();
  const locale = useLocale();
  const { operation, nameOf } = props;
  const { id: operationId, version } = operation;
  const { rules } = operation.plan;
  const split = transfersOf(operation.plan).filter((each) => each.otherUnitIds.length > 0);
  const targets = [...new Set(split.flatMap((each) => [each.toUnitId ?? '', ...each.otherUnitIds]))].filter(Boolean);
  const items = (ids: readonly string[]) => ids.map((value) => ({ value, text: nameOf(value)[locale] }));
  return (
    <>
      <h3 class="govuk-heading-s">{own.rules}</h3>
      <p class="govuk-hint">{own.rulesHint}</p>
      <ol class="govuk-list govuk-list--number">
        {rules.map((rule) => (
          <li>
            {nameOf(rule.fromUnitId)[locale]}: {own[rule.by].toLocaleLowerCase(locale)} {rule.values.join(', ')} →{' '}
            {nameOf(rule.toUnitId)[locale]}
          </li>
        ))}
      </ol>
      {props.canChange && (
        <Details summaryText={own.addRule}>
          <Form action={paths.adminOperationRule({ operationId })}>
            <input type="hidden" name="version" value={version} />
            <Select
              name="ruleFrom"
              id="ruleFrom"
              label={{ text: own.from }}
              items={items(split.map((each) => each.fromUnitId))}
            />
            <Select
              name="ruleBy"
              id="ruleBy"
              label={{ text: own.by }}
              items={(['address', 'procedure', 'field', 'code'] as const).map((value) => ({ value, text: own[value] }))}
            />
            <Input name="ruleValues" id="ruleValues" label={{ text: own.values }} />
            <Select name="ruleTo" id="ruleTo" label={{ text: own.to }} items={items(targets)} />
            <div class="govuk-button-group">
              <Button text={own.addRule} name="action" value="add" preventDoubleClick />
              {rules.length > 0 && (
                <Button text={own.clearRules} name="action" value="clear" classes="govuk-button--secondary" />
              )}
            </div>
          </Form>
        </Details>
      )}
    </>
  );
}
