import { useLocale } from '../../../../platform/http/page-context.ts';
import { freeName } from '../../design/field-names.ts';
import type { CrossCheck, Field, Signer } from '../../definition.ts';
import { Act, Choice, Section, TextPair } from './controls.tsx';
import { readablesAt, withValue } from './design-state.ts';
import { ConditionEditor } from './logic-editors.tsx';
import type { SettingsProps } from './settings-props.ts';
import { designerWords } from './words.ts';

/** Settings of the whole form: its title, who confirms it, rules over several questions. */
export function FormSettings(props: SettingsProps) {
  const own = designerWords.use();
  const { form, change } = props;
  return (
    <>
      <h2 class="sen-d-heading">{own.form}</h2>
      <TextPair
        label={own.title}
        value={form.title}
        isNeeded
        onInput={(text) => change(withValue(form, '/title', text), '/title')}
      />
      <p class="sen-d-hint">
        {own.code}: {form.code}
      </p>
      <Section title={own.signers} isOpen={(form.ui.signers?.length ?? 0) > 0}>
        <p class="sen-d-hint">{own.signersHint}</p>
        <Signers {...props} />
      </Section>
      <Section title={own.checks} isOpen={(form.ui.checks?.length ?? 0) > 0}>
        <p class="sen-d-hint">{own.checksHint}</p>
        <Checks {...props} />
      </Section>
    </>
  );
}

function Signers(props: SettingsProps) {
  const own = designerWords.use();
  const locale = useLocale();
  const { form, change } = props;
  const signers = form.ui.signers ?? [];
  const give = (next: Signer[], key: string | null) =>
    change(withValue(form, '/ui/signers', next.length === 0 ? undefined : next), key);
  const fields = form.ui.pages.flatMap((page) =>
    page.groups.flatMap((group) => (group.repeat ? [] : group.fields.filter((field) => field.type !== 'content'))),
  );
  const itemsOf = (types: readonly Field['type'][]) => [
    { value: '', text: own.chooseQuestion },
    ...fields
      .filter((field) => types.includes(field.type))
      .map((field) => ({
        value: field.name,
        text: field.label[locale] || field.label.vi || field.name,
      })),
  ];
  const put = (index: number, name: keyof Signer, value: unknown) =>
    give(
      signers.map((signer, i) => {
        if (i !== index) return signer;
        const { [name]: _old, ...rest } = signer;
        return (value === undefined || value === '' ? rest : { ...rest, [name]: value }) as Signer;
      }),
      `/ui/signers/${index}/${name}`,
    );
  const add = () => {
    const taken = new Set(signers.map((signer) => signer.id));
    // One signer alone would be nothing to confirm: the first two come together.
    const fresh: Signer[] = [];
    for (let count = signers.length === 0 ? 2 : 1; count > 0; count -= 1) {
      const id = freeName('ben', taken, '-');
      taken.add(id);
      const number = signers.length + fresh.length + 1;
      fresh.push({ id, title: { vi: `Bên thứ ${number}`, en: `Party ${number}` } });
    }
    give([...signers, ...fresh], null);
  };
  return (
    <>
      {signers.map((signer, index) => (
        <div key={signer.id} class="sen-d-card">
          <TextPair
            label={own.signerTitle}
            value={signer.title}
            isNeeded
            onInput={(text) => put(index, 'title', text)}
          />
          <Choice
            label={own.signerName}
            value={signer.nameField ?? ''}
            items={itemsOf(['text'])}
            onChange={(name) => put(index, 'nameField', name)}
          />
          <Choice
            label={own.signerIdentity}
            value={signer.identityField ?? ''}
            items={itemsOf(['identityNumber'])}
            onChange={(name) => put(index, 'identityField', name)}
          />
          <Choice
            label={own.signerContact}
            value={signer.contactField ?? ''}
            items={itemsOf(['phone', 'email'])}
            onChange={(name) => put(index, 'contactField', name)}
          />
          <fieldset class="sen-d-pair">
            <legend class="sen-d-label">{own.signerPages}</legend>
            <div class="sen-d-many">
              {form.ui.pages.map((page) => {
                const chosen = signer.pages ?? [];
                const isOn = chosen.includes(page.id);
                return (
                  <label key={page.id} class="sen-d-many__item">
                    <input
                      type="checkbox"
                      checked={isOn}
                      onChange={() => {
                        const next = isOn ? chosen.filter((id) => id !== page.id) : [...chosen, page.id];
                        put(index, 'pages', next.length === 0 ? undefined : next);
                      }}
                    />{' '}
                    {page.title[locale] || page.title.vi}
                  </label>
                );
              })}
            </div>
          </fieldset>
          <Act
            tone="danger"
            onClick={() => give(signers.length <= 2 ? [] : signers.filter((_, i) => i !== index), null)}
          >
            {own.remove}
          </Act>
        </div>
      ))}
      <Act onClick={add}>+ {own.addSigner}</Act>
    </>
  );
}

function Checks(props: SettingsProps) {
  const own = designerWords.use();
  const locale = useLocale();
  const { form, change } = props;
  const checks = form.ui.checks ?? [];
  const readables = readablesAt(form, '');
  const give = (next: CrossCheck[], key: string | null) =>
    change(withValue(form, '/ui/checks', next.length === 0 ? undefined : next), key);
  const put = (index: number, name: keyof CrossCheck, value: unknown) =>
    give(
      checks.map((check, i) => (i === index ? ({ ...check, [name]: value } as CrossCheck) : check)),
      `/ui/checks/${index}/${name}`,
    );
  return (
    <>
      {checks.map((check, index) => (
        <div key={check.id} class="sen-d-card">
          <TextPair
            label={own.checkMessage}
            value={check.message}
            isNeeded
            onInput={(text) => put(index, 'message', text)}
          />
          <Choice
            label={own.checkField}
            value={check.field}
            items={readables.map((each) => ({ value: each.read, text: each.label[locale] || each.label.vi }))}
            onChange={(field) => put(index, 'field', field)}
          />
          <p class="sen-d-label">{own.checkTest}</p>
          <ConditionEditor
            logic={check.test}
            readables={readables}
            onChange={(logic) => put(index, 'test', logic ?? true)}
          />
          <Act
            tone="danger"
            onClick={() =>
              give(
                checks.filter((_, i) => i !== index),
                null,
              )
            }
          >
            {own.remove}
          </Act>
        </div>
      ))}
      {readables[0] && (
        <Act
          onClick={() => {
            const id = freeName('quy-tac', new Set(checks.map((check) => check.id)), '-');
            const first = readables[0]!;
            const test = { '!': [{ empty: { var: first.read } }] };
            give(
              [
                ...checks,
                { id, field: first.read, test, message: { vi: 'Kiểm tra lại câu này', en: 'Check this answer' } },
              ],
              null,
            );
          }}
        >
          + {own.addCheck}
        </Act>
      )}
    </>
  );
}
