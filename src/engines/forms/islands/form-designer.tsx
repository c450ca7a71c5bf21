import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocale } from '../../../platform/http/page-context.ts';
import type { FieldType, FormDefinition, Group } from '../definition.ts';
import { changeGroups, sendDesign, type Conflict, type SaveState } from './designer/autosave.ts';
import { pointInFrame } from './designer/preview-frame.ts';
import { Act } from './designer/controls.tsx';
import {
  changed,
  freshGroup,
  livingPointer,
  neighbour,
  newField,
  newGroup,
  newPage,
  placeOf,
  redone,
  takenNames,
  thingAt,
  undone,
  withInserted,
  withMoved,
  withRemoved,
  type History,
  type Pointer,
} from './designer/design-state.ts';
import { Palette, type LibraryGroup } from './designer/palette.tsx';
import { Settings } from './designer/settings.tsx';
import { Structure, type ShownFinding } from './designer/structure.tsx';
import { designerWords } from './designer/words.ts';

export type DesignerProps = {
  code: string;
  definition: FormDefinition;
  version: number;
  findings: ShownFinding[];
  groups: { ready: readonly LibraryGroup[]; saved: readonly LibraryGroup[] };
  paths: { save: string; preview: string; groups: string; publish: string; back: string; file: string };
  token: string;
  /** A JSON pointer to begin at. */
  start: string;
};

const saveAfterMs = 700;
const retryAfterMs = 4_000;

/** The designer: what may be added, the structure, settings of what is chosen, and the page as people will see it. */
export default function FormDesigner(props: DesignerProps) {
  const own = designerWords.use();
  const locale = useLocale();
  const [history, setHistory] = useState<History>({ past: [], present: props.definition, future: [], lastKey: null });
  const [selected, setSelected] = useState<Pointer>(() => {
    const start = livingPointer(props.definition, placeOf(props.start));
    return start === '' && props.start === '' ? '/ui/pages/0' : start;
  });
  const [findings, setFindings] = useState(props.findings);
  const [groups, setGroups] = useState(props.groups);
  const [state, setState] = useState<SaveState>('saved');
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [said, setSaid] = useState('');
  const [view, setView] = useState<'phone' | 'desk'>('phone');
  const [tab, setTab] = useState<'settings' | 'findings'>('settings');
  const version = useRef(props.version);
  const saved = useRef(props.definition);
  const sending = useRef<Promise<void> | null>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [drawnVersion, setDrawnVersion] = useState(props.version);
  const latest = useRef(history.present);
  latest.current = history.present;
  const form = history.present;
  const pageIndex = Math.min(
    Number(/^\/ui\/pages\/(\d+)/.exec(selected)?.[1] ?? 0),
    Math.max(0, form.ui.pages.length - 1),
  );
  const pageId = form.ui.pages[pageIndex]?.id ?? '';
  const previewPath = `${props.paths.preview}?trang=${encodeURIComponent(pageId)}&v=${drawnVersion}`;
  const firstPreview = useRef(previewPath);
  const shownPreview = useRef(previewPath);

  const change = (next: FormDefinition, key: string | null) => {
    setHistory((before) => changed(before, next, key));
  };
  const select = (pointer: Pointer) => {
    setSelected(pointer);
    setTab('settings');
  };

  const save = async (): Promise<void> => {
    while (sending.current) await sending.current;
    const definition = latest.current;
    if (definition === saved.current) return;
    setState('saving');
    const work = sendDesign(props.paths.save, props.token, version.current, definition).then((answer) => {
      if (answer.kind === 'saved') {
        version.current = answer.version;
        saved.current = definition;
        setFindings(answer.findings);
        setState(latest.current === definition ? 'saved' : 'unsaved');
        setDrawnVersion(answer.version);
      } else if (answer.kind === 'conflict') {
        setConflict(answer.conflict);
        setState('conflict');
      } else setState(answer.kind);
    });
    sending.current = work.finally(() => {
      sending.current = null;
    });
    await sending.current;
  };

  useEffect(() => {
    if (form === saved.current || conflict) return;
    setState('unsaved');
    const timer = setTimeout(() => void save(), saveAfterMs);
    return () => clearTimeout(timer);
  }, [form, conflict]);
  // The frame follows the page that is being worked on and what is stored, whichever of the two changed last.
  useEffect(() => {
    if (shownPreview.current === previewPath) return;
    shownPreview.current = previewPath;
    frame.current?.contentWindow?.location.replace(previewPath);
  }, [previewPath]);
  const chosenName = nameAt(form, selected);
  useEffect(() => pointInFrame(frame.current, chosenName), [chosenName]);
  useEffect(() => {
    if (state !== 'failed') return;
    const timer = setTimeout(() => void save(), retryAfterMs);
    return () => clearTimeout(timer);
  }, [state]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current !== saved.current) event.preventDefault();
    };
    // Pages change without a new document: what is not saved yet is saved first.
    const leave = (event: Event) => {
      if (latest.current === saved.current) return;
      event.preventDefault();
      const { url } = (event as CustomEvent<{ url: string }>).detail;
      void save().then(() => {
        if (latest.current === saved.current) location.assign(url);
      });
    };
    const keys = (event: KeyboardEvent) => {
      const isBox = (event.target as Element | null)?.matches('input[type=text], textarea');
      if (!(event.ctrlKey || event.metaKey) || isBox) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) setHistory(undone);
      else if (key === 'y' || (key === 'z' && event.shiftKey)) setHistory(redone);
      else return;
      event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    document.addEventListener('turbo:before-visit', leave);
    document.addEventListener('keydown', keys);
    return () => {
      window.removeEventListener('beforeunload', warn);
      document.removeEventListener('turbo:before-visit', leave);
      document.removeEventListener('keydown', keys);
    };
  }, []);
  useEffect(() => {
    if (thingAt(form, selected) === undefined) setSelected(livingPointer(form, selected));
  }, [form, selected]);

  const labelOf = (pointer: Pointer): string => {
    const thing = thingAt(form, pointer) as
      | { label?: { vi: string; en: string }; title?: { vi: string; en: string } }
      | undefined;
    return thing?.label?.[locale] || thing?.title?.[locale] || own.untitled;
  };
  /** Where a new question goes: after the chosen one, else at the end of the chosen or last group of the page. */
  const placeForNew = (): { list: Pointer; index: number } => {
    const field = /^(\/ui\/pages\/\d+\/groups\/\d+\/fields)\/(\d+)/.exec(selected);
    if (field) return { list: field[1]!, index: Number(field[2]) + 1 };
    const group = /^\/ui\/pages\/\d+\/groups\/\d+/.exec(selected)?.[0];
    const groupCount = form.ui.pages[pageIndex]?.groups.length ?? 0;
    const list = `${group ?? `/ui/pages/${pageIndex}/groups/${Math.max(0, groupCount - 1)}`}/fields`;
    return { list, index: (thingAt(form, list) as unknown[] | undefined)?.length ?? 0 };
  };
  const add = (type: FieldType, place = placeForNew()) => {
    let base = form;
    if (thingAt(base, place.list) === undefined)
      base = withInserted(base, `/ui/pages/${pageIndex}/groups`, 0, newGroup(base));
    const field = newField(type, takenNames(base));
    change(withInserted(base, place.list, place.index, field), null);
    select(`${place.list}/${place.index}`);
    setSaid(own.added('label' in field ? field.label[locale] : ''));
  };
  const addGroup = (group: Group) => {
    const list = `/ui/pages/${pageIndex}/groups`;
    const at =
      Number(
        /^\/ui\/pages\/\d+\/groups\/(\d+)/.exec(selected)?.[1] ?? (form.ui.pages[pageIndex]?.groups.length ?? 0) - 1,
      ) + 1;
    const current = form.ui.pages[pageIndex]?.groups ?? [];
    // The empty group a new page comes with makes room.
    const isPlaceholder = current.length === 1 && current[0]!.fields.length === 0 && !current[0]!.title;
    const base = isPlaceholder ? withRemoved(form, `${list}/0`) : form;
    const index = isPlaceholder ? 0 : at;
    change(withInserted(base, list, index, freshGroup(base, group)), null);
    select(`${list}/${index}`);
    setSaid(own.added(group.title?.[locale] ?? ''));
  };
  const step = (pointer: Pointer, by: 1 | -1) => {
    const place = neighbour(form, pointer, by);
    if (!place) return;
    const label = labelOf(pointer);
    const moved = withMoved(form, pointer, place.list, place.index);
    change(moved.form, null);
    setSelected(moved.at);
    setSaid(own.moved(label, Number(moved.at.split('/').at(-1)) + 1));
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-pointer="${moved.at}"]`)?.focus());
  };
  const drop = (payload: string, list: Pointer, index: number) => {
    const [kind, what] = [payload.slice(0, payload.indexOf(':')), payload.slice(payload.indexOf(':') + 1)];
    if (kind === 'new') return add(what as FieldType, { list, index });
    if (kind !== 'move' || thingAt(form, what) === undefined) return;
    const label = labelOf(what);
    const moved = withMoved(form, what, list, index);
    change(moved.form, null);
    select(moved.at);
    setSaid(own.moved(label, index + 1));
  };
  const copy = (pointer: Pointer) => {
    const at = pointer.lastIndexOf('/');
    const [list, index] = [pointer.slice(0, at), Number(pointer.slice(at + 1))];
    const thing = structuredClone(thingAt(form, pointer));
    let fresh: unknown = thing;
    if (list.endsWith('/fields')) {
      const field = thing as { name: string };
      fresh = { ...field, name: newNameFor(field.name) };
    } else if (list.endsWith('/groups')) fresh = freshGroup(form, thing as Group);
    else {
      const page = thing as FormDefinition['ui']['pages'][number];
      let grown = form;
      const copies = page.groups.map((group) => {
        const made = freshGroup(grown, group);
        grown = withInserted(grown, `${pointer}/groups`, 0, made);
        return made;
      });
      fresh = { ...page, id: newPage(grown).id, groups: copies };
    }
    change(withInserted(form, list, index + 1, fresh), null);
    select(`${list}/${index + 1}`);
  };
  const newNameFor = (name: string): string => {
    const taken = takenNames(form);
    for (let number = 2; ; number += 1)
      if (!taken.has(`${name.slice(0, 36)}${number}`)) return `${name.slice(0, 36)}${number}`;
  };
  const remove = (pointer: Pointer) => {
    const label = labelOf(pointer);
    if (/^\/ui\/pages\/\d+$/.test(pointer) && form.ui.pages.length === 1) return;
    const next = withRemoved(form, pointer);
    change(next, null);
    setSelected(livingPointer(next, pointer.slice(0, pointer.lastIndexOf('/'))));
    setSaid(own.removed(label));
  };
  const leaveTo = (path: string) => (event: Event) => {
    event.preventDefault();
    void save().then(() => {
      if (latest.current === saved.current) location.assign(path);
    });
  };
  const changeLibrary = async (wish: { remove: string } | { group: Group }): Promise<void> => {
    const next = await changeGroups<DesignerProps['groups']>(props.paths.groups, props.token, wish);
    if (!next) return;
    setGroups(next);
    if ('group' in wish) setSaid(own.kept);
  };
  const settle = (mine: boolean) => {
    if (!conflict) return;
    version.current = conflict.version;
    saved.current = conflict.definition;
    if (mine)
      setHistory((before) => ({
        past: [...before.past, conflict.definition],
        present: { ...before.present },
        future: [],
        lastKey: null,
      }));
    else {
      setHistory((before) => changed(before, conflict.definition, null));
      setFindings(conflict.findings);
      setState('saved');
      setDrawnVersion(conflict.version);
    }
    setConflict(null);
  };

  const errors = findings.filter((each) => each.level === 'error').length;
  const stateText: Record<SaveState, string> = {
    saved: own.saved,
    unsaved: own.unsaved,
    saving: own.saving,
    failed: own.failed,
    refused: own.refused,
    conflict: own.conflict,
  };
  return (
    <div class={`sen-designer sen-designer--${view}`}>
      <div class="sen-d-bar">
        <a class="sen-d-back" href={props.paths.back} onClick={leaveTo(props.paths.back)} aria-label={own.form}>
          ←
        </a>
        <h1 class="sen-d-title">{form.title[locale] || form.title.vi || own.untitled}</h1>
        <span class={`sen-d-state sen-d-state--${state}`} role="status">
          {stateText[state]}
        </span>
        <span class="sen-d-bar__acts">
          <Act onClick={() => setHistory(undone)} isDisabled={history.past.length === 0} label={own.undo}>
            ↶
          </Act>
          <Act onClick={() => setHistory(redone)} isDisabled={history.future.length === 0} label={own.redo}>
            ↷
          </Act>
          <a class="sen-d-act" href={props.paths.file} download onClick={() => void save()}>
            {own.file}
          </a>
          <a class="sen-d-act sen-d-act--main" href={props.paths.publish} onClick={leaveTo(props.paths.publish)}>
            {own.publish}
          </a>
        </span>
      </div>
      <p class="govuk-visually-hidden" aria-live="polite">
        {said}
      </p>
      {conflict && (
        <div class="sen-d-conflict" role="alert">
          <h2 class="sen-d-heading">{own.conflict}</h2>
          <p>{own.conflictBy(conflict.updatedBy)}</p>
          <ul>
            {conflict.changes.slice(0, 12).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <p class="sen-d-hint">{own.conflictHint}</p>
          <Act onClick={() => settle(false)}>{own.takeTheirs}</Act>{' '}
          <Act tone="main" onClick={() => settle(true)}>
            {own.keepMine}
          </Act>
        </div>
      )}
      <div class="sen-d-columns">
        <Palette
          ready={groups.ready}
          saved={groups.saved}
          onAdd={(type) => add(type)}
          onAddGroup={addGroup}
          onRemoveSaved={(id) => void changeLibrary({ remove: id })}
        />
        <Structure
          form={form}
          selected={selected}
          page={pageIndex}
          findings={findings}
          acts={{
            select,
            step,
            drop,
            copy,
            remove,
            addPage: () => {
              const at = pageIndex + 1;
              change(withInserted(form, '/ui/pages', at, newPage(form)), null);
              select(`/ui/pages/${at}`);
            },
            addGroup: (page) => {
              const count = form.ui.pages[page]?.groups.length ?? 0;
              change(withInserted(form, `/ui/pages/${page}/groups`, count, newGroup(form)), null);
              select(`/ui/pages/${page}/groups/${count}`);
            },
          }}
        />
        <section class="sen-d-settings" aria-label={own.settings}>
          <div class="sen-d-tabs">
            <Act isPressed={tab === 'settings'} onClick={() => setTab('settings')}>
              {own.settings}
            </Act>
            <Act isPressed={tab === 'findings'} onClick={() => setTab('findings')}>
              {own.findings}{' '}
              <span class={`sen-d-count${errors > 0 ? ' sen-d-count--error' : ''}`}>{findings.length}</span>
            </Act>
          </div>
          {tab === 'settings' ? (
            <Settings
              form={form}
              pointer={selected}
              change={change}
              select={select}
              keepGroup={(group) => void changeLibrary({ group })}
            />
          ) : (
            <Findings findings={findings} select={(path) => select(livingPointer(form, placeOf(path)))} />
          )}
        </section>
        <section class="sen-d-preview" aria-label={own.preview}>
          <div class="sen-d-tabs">
            <Act isPressed={view === 'phone'} onClick={() => setView('phone')}>
              {own.phone}
            </Act>
            <Act isPressed={view === 'desk'} onClick={() => setView('desk')}>
              {own.desk}
            </Act>
            <Act label={own.refresh} onClick={() => frame.current?.contentWindow?.location.replace(previewPath)}>
              ⟳
            </Act>
          </div>
          <div class="sen-d-stage">
            <iframe
              ref={frame}
              class="sen-d-frame"
              src={firstPreview.current}
              title={own.preview}
              onLoad={() => pointInFrame(frame.current, chosenName)}
            />
          </div>
        </section>
      </div>
    </div>
  );
}

/** The name of the question a pointer leads to; empty for pages, groups and the form itself. */
const nameAt = (form: FormDefinition, pointer: Pointer): string =>
  pointer.includes('/fields/') ? ((thingAt(form, pointer) as { name?: string } | undefined)?.name ?? '') : '';

function Findings(props: { findings: readonly ShownFinding[]; select: (path: string) => void }) {
  const own = designerWords.use();
  if (props.findings.length === 0) return <p class="sen-d-hint">{own.noFindings}</p>;
  return (
    <ul class="sen-d-findings">
      {props.findings.map((finding) => (
        <li key={`${finding.path} ${finding.code} ${finding.text}`}>
          <button
            type="button"
            class={`sen-d-finding sen-d-finding--${finding.level}`}
            onClick={() => props.select(finding.path)}
          >
            <span class="sen-d-finding__level">{finding.level === 'error' ? own.errors(1) : own.warnings(1)}</span>
            {finding.text}
          </button>
        </li>
      ))}
    </ul>
  );
}
