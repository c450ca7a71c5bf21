import { localDate } from '../../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../../platform/http/reply.ts';
import { tableExport } from '../../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId } from '../../../platform/ids.ts';
import { forbidden, isProblem, notFound, problem } from '../../../platform/problems.ts';
import { listQuery } from '../../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { paths } from '../../../ui/paths.ts';
import { manageFiles } from '../file-permissions.ts';
import { ownerWords } from '../views/owner-words.ts';
import {
  findDisposal,
  listDisposals,
  listItems,
  sumItems,
  type Disposal,
  type DisposalItem,
} from './disposal-queries.ts';
import { itemStates } from './disposal.ts';
import { decideDisposal, drawUp, isEverywhere, resumeDisposal } from './dispose.ts';
import { liftHold, placeHold } from './holds.ts';
import { addKeepingRule, overlapsWith, stopKeepingRule } from './keeping-rules.ts';
import {
  approveDisposals,
  cutOffAhead,
  disposalNotWaiting,
  disposalOpen,
  holdOpen,
  samePerson,
} from './retention-events.ts';
import { listHolds, listKeepingRules, type Before } from './retention-queries.ts';
import { findHoldSubject, retentionClass, retentionClasses } from './retention-source.ts';
import { DisposalPage } from './views/disposal-page.tsx';
import { DisposalsPage } from './views/disposals-page.tsx';
import { HoldsPage } from './views/holds-page.tsx';
import { KeepingRulesPage } from './views/keeping-rules-page.tsx';
import { retentionWords } from './views/retention-words.ts';

const PAGE = 50;
const manage = { permission: manageFiles } as const;

/** A day that exists, as `YYYY-MM-DD`. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

function cursorOf(request: WebRequest): Before {
  const [at = '', id = ''] = (request.query.get(listQuery.after) ?? '').slice(0, 100).split('_');
  return isId(id) && /^\d{4}-/.test(at) && !Number.isNaN(Date.parse(at)) ? { at: new Date(at), id } : null;
}
const cursorFrom = (at: Date | undefined, id: string | undefined): string | null =>
  at && id ? `${at.toISOString()}_${id}` : null;

const isSaved = (request: WebRequest): boolean => request.query.get('da-luu') === '1';
const statusOf = (form: FormState): number => (Object.keys(form.errors).length > 0 ? 422 : 200);

async function showRules(request: WebRequest, form = freshForm()): Promise<Reply> {
  return page(
    <KeepingRulesPage
      classes={retentionClasses()}
      rules={await listKeepingRules(request.reader)}
      today={localDate(request.now)}
      form={form}
      isSaved={isSaved(request)}
    />,
    { status: statusOf(form) },
  );
}

async function addRule(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const own = retentionWords.in(request.locale);
  const of = (name: string) => (fields.get(name) ?? '').trim();
  const errors: Record<string, string> = {};
  const typedDays = of('keepDays');
  const keepDays = typedDays === '' ? null : /^\d{1,5}$/.test(typedDays) ? Number(typedDays) : Number.NaN;
  if (!retentionClass(of('class'))) errors['class'] = own.classNeeded;
  if (keepDays !== null && !(keepDays >= 1 && keepDays <= 36_500)) errors['keepDays'] = own.daysNeeded;
  if (of('basis') === '' || of('basis').length > 500) errors['basis'] = own.basisNeeded;
  if (!isDay(of('validFrom'))) errors['validFrom'] = own.dayNeeded;
  const rule = {
    class: of('class'),
    keepDays,
    basis: of('basis'),
    isSure: of('isSure') === 'yes',
    validFrom: of('validFrom'),
  };
  if (Object.keys(errors).length === 0 && overlapsWith(await listKeepingRules(request.reader), rule))
    errors['validFrom'] = own.overlaps;
  const values = Object.fromEntries(
    ['class', 'keepDays', 'basis', 'validFrom', 'isSure'].map((name) => [name, of(name).slice(0, 600)]),
  );
  if (Object.keys(errors).length > 0) return showRules(request, { values, errors });
  await request.command((tx) => addKeepingRule(tx, request.actor, rule));
  return seeOther(request.href(paths.adminRetention({ 'da-luu': '1' })));
}

async function endRule(request: WebRequest): Promise<Reply> {
  await request.form();
  const id = request.params['ruleId'] ?? '';
  if (!isId(id)) throw problem(notFound);
  await request.command((tx) => stopKeepingRule(tx, request.actor, id));
  return seeOther(request.href(paths.adminRetention({ 'da-luu': '1' })));
}

async function showHolds(request: WebRequest, form = freshForm()): Promise<Reply> {
  const withLifted = request.query.get('xem') === 'tat-ca';
  const rows = await listHolds(request.reader, withLifted, cursorOf(request), PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return page(
    <HoldsPage
      holds={rows.slice(0, PAGE)}
      next={cursorFrom(last?.placedAt, last?.id)}
      withLifted={withLifted}
      form={form}
      isSaved={isSaved(request)}
    />,
    { status: statusOf(form) },
  );
}

async function addHold(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const own = retentionWords.in(request.locale);
  const typed = (fields.get('dossier') ?? '').trim().slice(0, 100);
  const reason = (fields.get('reason') ?? '').trim();
  const subject = typed === '' ? null : await findHoldSubject(request.reader, typed);
  const errors: Record<string, string> = {};
  if (!subject) errors['dossier'] = own.dossierNeeded;
  if (reason === '' || reason.length > 500) errors['reason'] = own.reasonNeeded;
  const values = { dossier: typed, reason: reason.slice(0, 600) };
  if (!subject || Object.keys(errors).length > 0) return showHolds(request, { values, errors });
  const { ownerKind, id: ownerId, label } = subject;
  try {
    await request.command((tx) => placeHold(tx, request.actor, { ownerKind, ownerId, label, reason }));
  } catch (error) {
    if (!isProblem(error, holdOpen)) throw error;
    return showHolds(request, { values, errors: { dossier: holdOpen.title[request.locale] } });
  }
  return seeOther(request.href(paths.adminHolds({ 'da-luu': '1' })));
}

async function endHold(request: WebRequest): Promise<Reply> {
  const reason = ((await request.form()).get('reason') ?? '').trim();
  const id = request.params['holdId'] ?? '';
  if (!isId(id)) throw problem(notFound);
  if (reason === '' || reason.length > 500)
    return showHolds(request, {
      values: {},
      errors: { [`lift-${id}`]: retentionWords.in(request.locale).reasonNeeded },
    });
  await request.command((tx) => liftHold(tx, request.actor, { id, reason }));
  return seeOther(request.href(paths.adminHolds({ 'da-luu': '1' })));
}

async function showDisposals(request: WebRequest, form?: FormState): Promise<Reply> {
  demandSight(request);
  const rows = await listDisposals(request.reader, cursorOf(request), PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  const shown = form ?? freshForm({ cutOff: localDate(request.now) });
  return page(
    <DisposalsPage
      disposals={rows.slice(0, PAGE)}
      next={cursorFrom(last?.drawnAt, last?.id)}
      form={isEverywhere(request.actor, manageFiles) ? shown : null}
    />,
    { status: statusOf(shown) },
  );
}

async function draw(request: WebRequest): Promise<Reply> {
  const cutOff = ((await request.form()).get('cutOff') ?? '').trim().slice(0, 20);
  const fail = (text: string) => showDisposals(request, { values: { cutOff }, errors: { cutOff: text } });
  if (!isDay(cutOff)) return fail(retentionWords.in(request.locale).dayNeeded);
  try {
    const id = await request.command((tx) => drawUp(tx, request.actor, cutOff));
    return seeOther(request.href(paths.adminDisposal({ id })));
  } catch (error) {
    if (!isProblem(error, disposalOpen)) throw error;
    return fail(`${disposalOpen.title[request.locale]}. ${disposalOpen.advice?.[request.locale] ?? ''}`);
  }
}

/** Lists name dossiers of every unit. @throws forbidden for whoever has the right in some units only */
function demandSight({ actor }: WebRequest): void {
  if (!isEverywhere(actor, manageFiles) && !isEverywhere(actor, approveDisposals)) throw problem(forbidden);
}

async function disposalOf(request: WebRequest): Promise<Disposal> {
  demandSight(request);
  const id = request.params['id'] ?? '';
  const disposal = isId(id) ? await findDisposal(request.reader, id) : undefined;
  if (!disposal) throw problem(notFound);
  return disposal;
}

const filterOf = ({ query }: WebRequest) => {
  const state = query.get('tinh-trang') ?? '';
  const key = query.get('loai') ?? '';
  return {
    class: retentionClass(key) ? key : null,
    state: (itemStates as readonly string[]).includes(state) ? state : null,
  };
};

async function showDisposal(request: WebRequest, error: string | null = null, decision = ''): Promise<Reply> {
  const { reader, actor, query } = request;
  const disposal = await disposalOf(request);
  const filter = filterOf(request);
  const after = query.get(listQuery.after) ?? '';
  const items = await listItems(reader, disposal.id, filter, isId(after) ? after : null, PAGE + 1);
  const isWorking = disposal.state === 'drawing' || disposal.state === 'running';
  return page(
    <DisposalPage
      disposal={disposal}
      sums={await sumItems(reader, disposal.id)}
      items={items.slice(0, PAGE)}
      next={items.length > PAGE ? items[PAGE - 1]!.fileId : null}
      classes={retentionClasses()}
      filter={filter}
      today={localDate(request.now)}
      may={{
        approve: isEverywhere(actor, approveDisposals),
        manage: isEverywhere(actor, manageFiles),
        isDrawer: disposal.drawnById === (actor.id ?? actor.label),
      }}
      decision={decision}
      error={error}
    />,
    { status: error ? 422 : 200, ...(isWorking && !error ? { headers: { refresh: '5' } } : {}) },
  );
}

const ACTS = { duyet: 'approve', 'tu-choi': 'refuse', bo: 'cancel' } as const;

async function act(request: WebRequest): Promise<Reply> {
  const { id } = await disposalOf(request);
  const name = request.params['act'] ?? '';
  const decision = ((await request.form()).get('decision') ?? '').trim();
  const back = seeOther(request.href(paths.adminDisposal({ id })));
  if (name === 'chay-tiep') {
    await request.command((tx) => resumeDisposal(tx, request.actor, id));
    return back;
  }
  if (!Object.hasOwn(ACTS, name)) throw problem(notFound);
  const to = ACTS[name as keyof typeof ACTS];
  const own = retentionWords.in(request.locale);
  if (to !== 'cancel' && (decision === '' || decision.length > 500))
    return showDisposal(request, own.decisionNeeded, decision.slice(0, 600));
  try {
    await request.command((tx) =>
      decideDisposal(tx, request.actor, {
        id,
        to,
        decision: to === 'cancel' ? retentionWords.in('vi').cancel : decision,
      }),
    );
    return back;
  } catch (error) {
    const said = [samePerson, cutOffAhead, disposalNotWaiting].find((each) => isProblem(error, each));
    if (!said) throw error;
    return showDisposal(request, said.title[request.locale], decision.slice(0, 600));
  }
}

async function* everyItem(request: WebRequest, id: string): AsyncGenerator<DisposalItem> {
  const filter = filterOf(request);
  let after: string | null = null;
  for (;;) {
    const rows: DisposalItem[] = await listItems(request.reader, id, filter, after, 1_000);
    yield* rows;
    if (rows.length < 1_000) return;
    after = rows.at(-1)!.fileId;
  }
}

async function exportItems(request: WebRequest): Promise<Reply> {
  const { locale } = request;
  const disposal = await disposalOf(request);
  const own = retentionWords.in(locale);
  return tableExport(request.params['format'] ?? '', {
    locale,
    name: `${own.exportName}-${disposal.number}`,
    rows: everyItem(request, disposal.id),
    columns: [
      { heading: own.subject, value: (row) => row.label ?? ownerWords(row.ownerKind, locale), width: 28 },
      { heading: own.class, value: (row) => retentionClass(row.class)?.name[locale] ?? row.class, width: 34 },
      { heading: own.counted, value: (row) => row.countedAt, width: 18 },
      { heading: own.keepDays, value: (row) => row.keepDays, width: 10 },
      { heading: own.basis, value: (row) => row.basis, width: 60 },
      { heading: own.kind, value: (row) => row.kind, width: 10 },
      { heading: `${own.size} (byte)`, value: (row) => row.sizeBytes, width: 14 },
      { heading: own.state, value: (row) => own.itemStates[row.state], width: 24 },
      { heading: own.certificate, value: (row) => row.certificate, width: 26 },
    ],
  });
}

const EXAMPLE = { id: '00000000-0000-7000-8000-000000000000', format: 'csv', act: 'bo' };

/** Times of keeping, holds and disposals. */
export function retentionRoutes(web: Web): void {
  const either = { anyOf: [manageFiles, approveDisposals] } as const;
  web.get(paths.adminRetention, { access: manage }, (request) => showRules(request));
  web.post(paths.adminRetention, { access: manage }, addRule);
  web.post(paths.adminRetentionEnd, { access: manage, example: { ruleId: EXAMPLE.id } }, endRule);
  web.get(paths.adminHolds, { access: manage }, (request) => showHolds(request));
  web.post(paths.adminHolds, { access: manage }, addHold);
  web.post(paths.adminHoldLift, { access: manage, example: { holdId: EXAMPLE.id } }, endHold);
  web.get(paths.adminDisposals, { access: either }, (request) => showDisposals(request));
  web.post(paths.adminDisposals, { access: manage }, draw);
  web.get(paths.adminDisposal, { access: either, example: EXAMPLE }, (request) => showDisposal(request));
  web.post(paths.adminDisposalAct, { access: either, example: EXAMPLE }, act);
  web.get(paths.adminDisposalExport, { access: either, example: EXAMPLE }, exportItems);
}
