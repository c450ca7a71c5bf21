import { describe, expect, test } from 'vitest';
import { isProblem } from '../../platform/problems.ts';
import { testDatabase } from '../../testing/database.ts';
import type { FormDefinition, Values } from './definition.ts';
import { canonicalJson } from './diff-submissions.ts';
import { exampleForm } from './example-form.ts';
import { expireDrafts } from './form-jobs.ts';
import { draftNotFound, incompleteForm, invalidDefinition, staleDraft, tooManyDrafts } from './form-problems.ts';
import { listVersions, type Owner } from './form-queries.ts';
import { digestOf, findCurrentForm, getFormVersion, publishForm, retireForm } from './publish-form.ts';
import {
  discardDraft,
  getDraft,
  listDrafts,
  maxDraftsPerOwner,
  moveDraft,
  saveDraft,
  startDraft,
} from './save-draft.ts';
import { getSubmission, submitForm } from './submit-form.ts';
import { aForm, textField } from './testing.ts';

const db = await testDatabase();
const lan: Owner = { kind: 'citizen', id: 'lan' };
const other: Owner = { kind: 'citizen', id: 'nam' };
const subject = { kind: 'offer', id: 'o-1' };
let serial = 0;
const formOf = (pages: Parameters<typeof aForm>[0]): FormDefinition => ({
  ...aForm(pages),
  code: `thu-${(serial += 1)}`,
});
const published = async (definition: FormDefinition, validFrom?: string) =>
  db.write((tx) => publishForm(tx, { definition, ...(validFrom === undefined ? {} : { validFrom }) }));
const simple = () => formOf([[textField('a'), textField('b', { showWhen: { '==': [{ var: 'a' }, 'x'] } })]]);
const failure = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It should have failed');
};
const eventsNamed = async (name: string, id: string) =>
  db.reader.raw<{ payload: Record<string, unknown> }>(
    'select payload from platform.event where name = $1 and subject_id = $2',
    [name, id],
  );

describe('versions', () => {
  test('the same definition twice is one version, a changed one the next; the day decides which is in force', async () => {
    const first = simple();
    const one = await published(first, '2026-01-01');
    expect(await published(structuredClone(first))).toEqual({
      formVersionId: one.formVersionId,
      version: 1,
      isNew: false,
    });
    const second = { ...first, title: { vi: 'Tên mới', en: 'New name' } };
    const two = await published(second, '2027-01-01');
    expect(two).toMatchObject({ version: 2, isNew: true });
    expect((await findCurrentForm(db.reader, first.code, '2026-12-31'))?.id).toBe(one.formVersionId);
    expect((await findCurrentForm(db.reader, first.code, '2027-01-01'))?.id).toBe(two.formVersionId);
    expect(await findCurrentForm(db.reader, first.code, '2025-12-31')).toBeUndefined();
    expect((await getFormVersion(db.reader, one.formVersionId)).definition).toEqual(first);
    expect((await eventsNamed('forms.form-published', two.formVersionId))[0]?.payload).toMatchObject({
      version: 2,
      validFrom: '2027-01-01',
    });
  });
  test('a retired version is not used for new drafts and stays readable', async () => {
    const form = simple();
    const { formVersionId } = await published(form, '2026-01-01');
    await db.write((tx) => retireForm(tx, formVersionId));
    expect(await findCurrentForm(db.reader, form.code, '2026-06-01')).toBeUndefined();
    expect((await getFormVersion(db.reader, formVersionId)).status).toBe('retired');
  });
  test('a form with a defect is not published', async () => {
    const bad = formOf([[textField('a', { showWhen: { '==': [{ var: 'z' }, 1] } })]]);
    const error = await failure(published(bad));
    expect(isProblem(error, invalidDefinition) && error.details['defects']).toMatchObject([{ code: 'unknown-field' }]);
    expect(await listVersions(db.reader, bad.code)).toEqual([]);
  });
  test('ten publications of one new form at once make one version', async () => {
    const form = simple();
    const results = await Promise.all(Array.from({ length: 10 }, () => published(form)));
    expect(new Set(results.map((result) => result.formVersionId)).size).toBe(1);
    expect(await listVersions(db.reader, form.code)).toHaveLength(1);
  });
});

describe('drafts', () => {
  const start = async (owner = lan, values: Values = { a: 'x' }) => {
    const { formVersionId } = await published(simple());
    return db.write((tx) => startDraft(tx, { owner, formVersionId, subject, values }));
  };
  test('are kept, found again by their owner and by nobody else', async () => {
    const draft = await start();
    const saved = await db.write((tx) =>
      saveDraft(tx, { id: draft.id, owner: lan, expectedVersion: 1, values: { a: 'y' }, page: 'trang-1' }),
    );
    expect(saved).toMatchObject({ version: 2, values: { a: 'y' }, page: 'trang-1', subject });
    expect(await getDraft(db.reader, draft.id, lan, db.clock.now())).toEqual(saved);
    expect(isProblem(await failure(getDraft(db.reader, draft.id, other, db.clock.now())), draftNotFound)).toBe(true);
    expect(
      isProblem(
        await failure(db.write((tx) => saveDraft(tx, { id: draft.id, owner: other, expectedVersion: 2, values: {} }))),
        draftNotFound,
      ),
    ).toBe(true);
    expect(isProblem(await failure(getDraft(db.reader, "' or 1=1", lan, db.clock.now())), draftNotFound)).toBe(true);
  });
  test('a stale save is refused with both values, and nothing is lost', async () => {
    const draft = await start();
    await db.write((tx) =>
      saveDraft(tx, { id: draft.id, owner: lan, expectedVersion: 1, values: { a: 'from the phone' } }),
    );
    const error = await failure(
      db.write((tx) => saveDraft(tx, { id: draft.id, owner: lan, expectedVersion: 1, values: { a: 'from the PC' } })),
    );
    expect(isProblem(error, staleDraft)).toBe(true);
    expect(error).toMatchObject({
      definition: { status: 409 },
      details: { current: { values: { a: 'from the phone' }, version: 2 }, given: { a: 'from the PC' } },
    });
  });
  test('of twenty saves at once exactly one wins', async () => {
    const draft = await start();
    const saves = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        db.write((tx) => saveDraft(tx, { id: draft.id, owner: lan, expectedVersion: 1, values: { a: String(i) } })),
      ),
    );
    expect(saves.filter((save) => save.status === 'fulfilled')).toHaveLength(1);
    expect((await getDraft(db.reader, draft.id, lan, db.clock.now())).version).toBe(2);
  });
  test('an owner may have so many, also when they are started at once', async () => {
    const crowd: Owner = { kind: 'citizen', id: 'crowd' };
    const { formVersionId } = await published(simple());
    const starts = await Promise.allSettled(
      Array.from({ length: maxDraftsPerOwner + 5 }, () =>
        db.write((tx) => startDraft(tx, { owner: crowd, formVersionId, subject })),
      ),
    );
    expect(starts.filter((start) => start.status === 'fulfilled')).toHaveLength(maxDraftsPerOwner);
    expect(starts.every((start) => start.status === 'fulfilled' || isProblem(start.reason, tooManyDrafts))).toBe(true);
    expect(await listDrafts(db.reader, crowd, db.clock.now())).toHaveLength(maxDraftsPerOwner);
  });
  test('start with what the form knows only, and refuse what cannot be stored', async () => {
    expect((await start(lan, { a: 'x', b: 'hidden no more', z: 'unknown' })).values).toEqual({
      a: 'x',
      b: 'hidden no more',
    });
    await expect(start(lan, { a: 'a\u0000b' })).rejects.toThrow('forms.answers-refused');
    await expect(start(lan, { a: 'x'.repeat(300_000) })).rejects.toThrow('forms.answers-refused');
  });
  test('move to a new version: answers whose fields are gone are dropped', async () => {
    const draft = await start(lan, { a: 'x', b: 'y' });
    const version = await getFormVersion(db.reader, draft.formVersionId);
    const next = {
      ...version.definition,
      ui: {
        pages: [
          { ...version.definition.ui.pages[0]!, groups: [{ id: 'nhom', fields: [textField('a'), textField('c')] }] },
        ],
      },
    };
    const { formVersionId } = await published(next);
    const moved = await db.write((tx) =>
      moveDraft(tx, { id: draft.id, owner: lan, expectedVersion: 1, formVersionId }),
    );
    expect(moved).toMatchObject({ formVersionId, values: { a: 'x' }, version: 2 });
  });
  test('a discarded draft is gone and leaves an event without its answers', async () => {
    const draft = await start();
    await db.write((tx) => discardDraft(tx, draft.id, lan));
    expect(isProblem(await failure(db.write((tx) => discardDraft(tx, draft.id, lan))), draftNotFound)).toBe(true);
    expect((await eventsNamed('forms.draft-discarded', draft.id)).map((event) => event.payload)).toEqual([
      { formVersionId: draft.formVersionId, page: null, reason: 'discarded' },
    ]);
  });
});

describe('submissions', () => {
  test('are judged on the server, pinned to their version and taken once', async () => {
    const { formVersionId } = await published(simple());
    const draft = await db.write((tx) => startDraft(tx, { owner: lan, formVersionId, subject, values: { a: 'y' } }));
    const submit = () =>
      db.write((tx) =>
        submitForm(tx, { formVersionId, values: { a: 'y', b: 'hidden' }, draft: { id: draft.id, owner: lan } }),
      );
    const outcomes = await Promise.allSettled([submit(), submit(), submit(), submit()]);
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toHaveLength(1);
    expect(
      outcomes.every((outcome) => outcome.status === 'fulfilled' || isProblem(outcome.reason, draftNotFound)),
    ).toBe(true);
    const stored = await getSubmission(db.reader, won[0]!.id);
    expect(stored).toMatchObject({ formVersionId, values: { a: 'y' }, digest: digestOf({ a: 'y' }) });
    expect(canonicalJson(stored.values)).toBe('{"a":"y"}');
  });
  test('an incomplete form is refused with its errors, and the draft stays', async () => {
    const { formVersionId } = await published(simple());
    const draft = await db.write((tx) => startDraft(tx, { owner: lan, formVersionId, subject, values: { a: 'x' } }));
    const error = await failure(
      db.write((tx) => submitForm(tx, { formVersionId, values: draft.values, draft: { id: draft.id, owner: lan } })),
    );
    expect(isProblem(error, incompleteForm) && error.details['errors']).toMatchObject([{ at: 'b' }]);
    expect((await getDraft(db.reader, draft.id, lan, db.clock.now())).id).toBe(draft.id);
  });
  test('locked values come from their source, not from the values sent', async () => {
    const { formVersionId } = await published({ ...exampleForm, code: `thu-${(serial += 1)}` });
    const error = await failure(
      db.write((tx) =>
        submitForm(tx, {
          formVersionId,
          values: { fullName: 'Kẻ Khác' },
          prefilled: { 'person.fullName': { value: 'Lan', from: { vi: 'Sổ', en: 'Register' } } },
        }),
      ),
    );
    expect(isProblem(error, incompleteForm)).toBe(true);
  });
});

test('drafts whose time is over are taken away', async () => {
  const { formVersionId } = await published(simple());
  const draft = await db.write((tx) =>
    startDraft(tx, { owner: { kind: 'citizen', id: 'late' }, formVersionId, subject }),
  );
  const context = { db, clock: db.clock, requestId: 'test' };
  expect(await expireDrafts(context)).toBe(0);
  db.clock.advance(31 * 86_400_000);
  expect(
    isProblem(
      await failure(getDraft(db.reader, draft.id, { kind: 'citizen', id: 'late' }, db.clock.now())),
      draftNotFound,
    ),
  ).toBe(true);
  expect(await expireDrafts(context)).toBeGreaterThan(0);
  expect((await eventsNamed('forms.draft-discarded', draft.id))[0]?.payload).toMatchObject({ reason: 'expired' });
});
