import { useLocale } from '../../../../platform/http/page-context.ts';
import type { FieldType, Group, Text } from '../../definition.ts';
import { typeTitles } from '../../form-titles.ts';
import { designerWords } from './words.ts';

export type LibraryGroup = { id: string; title: Text; content: Group };

const families: readonly (readonly FieldType[])[] = [
  ['text', 'longText', 'date', 'address', 'file'],
  ['identityNumber', 'phone', 'email', 'taxCode', 'businessNumber'],
  ['yesNo', 'radios', 'select', 'checkboxes'],
  ['integer', 'decimal', 'money'],
  ['table', 'declaration', 'content'],
];
const signs: Record<FieldType, string> = {
  text: 'Aa',
  longText: '¶',
  integer: '12',
  decimal: '1,5',
  money: 'đ',
  date: '31',
  identityNumber: 'ID',
  taxCode: 'MST',
  businessNumber: 'DN',
  phone: '☎',
  email: '@',
  yesNo: '✓✕',
  radios: '◉',
  select: '▾',
  checkboxes: '☑',
  address: '⌂',
  file: '⇪',
  table: '▦',
  declaration: '✍',
  content: 'i',
};
export const signOf = (type: FieldType): string => signs[type] ?? '?';

/** What may be added: types of questions, and ready groups. Press or drag. */
export function Palette(props: {
  ready: readonly LibraryGroup[];
  saved: readonly LibraryGroup[];
  onAdd: (type: FieldType) => void;
  onAddGroup: (group: Group) => void;
  onRemoveSaved: (id: string) => void;
}) {
  const own = designerWords.use();
  const locale = useLocale();
  const drag = (payload: string) => (event: DragEvent) => {
    event.dataTransfer?.setData('text/plain', payload);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    <section class="sen-d-palette" aria-label={own.add}>
      <h2 class="sen-d-heading">{own.add}</h2>
      <p class="sen-d-hint">{own.addHint}</p>
      {families.map((family, index) => (
        <div key={index} role="group" aria-label={own.families[index]}>
          <h3 class="sen-d-subheading">{own.families[index]}</h3>
          {family.map((type) => (
            <button
              key={type}
              type="button"
              class="sen-d-brick"
              draggable
              onDragStart={drag(`new:${type}`)}
              onClick={() => props.onAdd(type)}
            >
              <span class="sen-d-sign" aria-hidden="true">
                {signOf(type)}
              </span>
              {typeTitles[type]![locale]}
            </button>
          ))}
        </div>
      ))}
      <div role="group" aria-label={own.library}>
        <h3 class="sen-d-subheading">{own.library}</h3>
        {props.ready.map((group) => (
          <button key={group.id} type="button" class="sen-d-brick" onClick={() => props.onAddGroup(group.content)}>
            <span class="sen-d-sign sen-d-sign--group" aria-hidden="true">
              ▤
            </span>
            {group.title[locale]}
          </button>
        ))}
      </div>
      {props.saved.length > 0 && (
        <div role="group" aria-label={own.savedGroups}>
          <h3 class="sen-d-subheading">{own.savedGroups}</h3>
          {props.saved.map((group) => (
            <div key={group.id} class="sen-d-saved">
              <button type="button" class="sen-d-brick" onClick={() => props.onAddGroup(group.content)}>
                <span class="sen-d-sign sen-d-sign--group" aria-hidden="true">
                  ▤
                </span>
                {group.title[locale] || group.title.vi}
              </button>
              <button
                type="button"
                class="sen-d-act"
                aria-label={`${own.remove}: ${group.title[locale]}`}
                onClick={() => props.onRemoveSaved(group.id)}
              >
                ✕
              </button>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
