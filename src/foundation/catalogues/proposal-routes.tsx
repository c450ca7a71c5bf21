import { can, reachOf } from '../../platform/access.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { namesOf } from '../organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import { itemValues } from './admin-routes.tsx';
import { errorsOfFaults, readItem, readReason } from './catalogue-forms.ts';
import { manageCatalogues, proposeCatalogues } from './catalogue-permissions.ts';
import { itemMissing, proposalMissing, proposalStale } from './catalogue-problems.ts';
import { findCatalogue } from './catalogue-queries.ts';
import { compareItems, listFaults, type Item } from './catalogue.ts';
import { decideProposal } from './decide-proposal.ts';
import { withItem } from './edit-draft.ts';
import { presentItems } from './import-items.ts';
import { listWaitingMappingChanges } from './mapping-change-queries.ts';
import { findProposal, listProposals, type Proposal } from './proposal-queries.ts';
import { propose, withdrawProposal } from './propose.ts';
import { catalogueOf } from './public-routes.tsx';
import { ProposalPage, ProposalsPage, ProposePage } from './views/proposal-pages.tsx';
import { proposalWords } from './views/proposal-words.ts';

const see = { access: { anyOf: [manageCatalogues, proposeCatalogues] } } as const;
const PAGE = 50;
const states = ['waiting', 'approved', 'refused', 'withdrawn'];

/** Asking for changes of a list, and deciding on what was asked. */
export function proposalRoutes(web: Web): void {
  web.get(paths.adminProposals, see, list);
  web.get(paths.adminProposalsExport, { ...see, example: { format: 'csv' } }, exportList);
  web.get(paths.adminProposal, see, (request) => show(request, freshForm()));
  web.post(paths.adminProposal, see, act);
  web.get(paths.adminCatalogueProposal, { access: { permission: proposeCatalogues } }, (request) => ask(request, null));
  web.post(paths.adminCatalogueProposal, { access: { permission: proposeCatalogues } }, send);
}

/** Units whose proposals the reader sees: all for who decides, else those they propose for. */
function unitsSeen(request: WebRequest): readonly string[] | null {
  if (can(request.actor, manageCatalogues)) return null;
  const reach = reachOf(request.actor, proposeCatalogues);
  return reach === 'all' ? null : reach;
}
const stateAsked = (request: WebRequest) => states.find((one) => one === request.query.get('tinh-trang')) ?? null;

async function list(request: WebRequest): Promise<Reply> {
  const after = Number(request.query.get(listQuery.after) ?? '');
  const rows = await listProposals(request.reader, {
    state: stateAsked(request),
    catalogue: null,
    unitIds: unitsSeen(request),
    after: Number.isSafeInteger(after) && after > 0 ? after : null,
    limit: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  const next = rows.length > PAGE ? String(shown.at(-1)!.number) : null;
  const mappings = can(request.actor, manageCatalogues) ? await listWaitingMappingChanges(request.reader) : [];
  return page(<ProposalsPage rows={shown} mappings={mappings} state={stateAsked(request) ?? ''} next={next} />);
}

async function* allRows(request: WebRequest): AsyncGenerator<Proposal> {
  for (let after: number | null = null; ;) {
    const filter = { state: stateAsked(request), catalogue: null, unitIds: unitsSeen(request), limit: 500 };
    const rows: Proposal[] = await listProposals(request.reader, { ...filter, after });
    yield* rows;
    if (rows.length < 500) return;
    after = rows.at(-1)!.number;
  }
}

function exportList(request: WebRequest): Promise<Reply> {
  const own = proposalWords.in(request.locale);
  return tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: request.locale === 'en' ? 'proposals' : 'de-nghi-danh-muc',
    rows: allRows(request),
    columns: [
      { heading: own.number, value: (row) => row.number, width: 8 },
      { heading: own.catalogue, value: (row) => (request.locale === 'en' ? row.catalogueNameEn : row.catalogueNameVi) },
      { heading: own.kind, value: (row) => `${own.kinds[row.kind]} ${row.itemCode}` },
      { heading: own.state, value: (row) => own.states[row.state] },
      { heading: own.reason, value: (row) => row.reason, width: 60 },
      { heading: own.by, value: (row) => row.proposedBy },
      { heading: own.at, value: (row) => row.proposedAt },
      { heading: own.decidedBy, value: (row) => row.decidedBy },
      { heading: own.decisionReason, value: (row) => row.decisionReason, width: 60 },
    ],
  });
}

/** The proposal of the address, when the reader may see it. @throws Problem `proposal-not-found` also for somebody else's */
async function proposalOf(request: WebRequest): Promise<Proposal> {
  const id = request.params['proposalId'] ?? '';
  const proposal = isId(id) ? await findProposal(request.reader, id) : undefined;
  const units = unitsSeen(request);
  const isSeen = proposal && (units === null || (proposal.unitId !== null && units.includes(proposal.unitId)));
  if (!proposal || !isSeen) throw problem(proposalMissing);
  return proposal;
}

async function show(request: WebRequest, form: FormState, status = 200): Promise<Reply> {
  const proposal = await proposalOf(request);
  const catalogue = (await findCatalogue(request.reader, proposal.catalogueCode))!;
  const now = (await presentItems(request.reader, catalogue.id)).filter((item) => item.code === proposal.itemCode);
  const { unitId } = proposal;
  const names = unitId ? await namesOf(request.reader, [unitId], localDate(request.now)) : null;
  return page(
    <ProposalPage
      proposal={proposal}
      changes={compareItems(now, [proposal.content])}
      catalogue={catalogue}
      unitName={(unitId && names?.get(unitId)?.nameVi) || null}
      mayDecide={can(request.actor, manageCatalogues)}
      isOwn={proposal.proposedById === request.actor.id}
      form={form}
    />,
    { status },
  );
}

async function act(request: WebRequest): Promise<Reply> {
  const proposal = await proposalOf(request);
  const fields = await request.form();
  const path = request.href(paths.adminProposal({ proposalId: proposal.id }));
  if (fields.get('act') === 'withdraw') {
    await request.command((tx) => withdrawProposal(tx, request.actor, proposal.id));
    return seeOther(path);
  }
  const isApproved = fields.get('act') === 'approve';
  const { reason, error } = readReason(fields, request.locale);
  if (error !== null && (!isApproved || reason !== ''))
    return show(request, { values: { reason }, errors: { reason: error } }, 422);
  try {
    await request.command((tx) => decideProposal(tx, request.actor, proposal.id, { isApproved, reason }));
  } catch (failure) {
    if (!isProblem(failure, proposalStale)) throw failure;
    return show(request, { values: { reason }, errors: { reason: proposalWords.in(request.locale).stale } }, 422);
  }
  return seeOther(path);
}

/** The item of the address or of the question, as it is now. */
async function itemAsked(request: WebRequest, catalogueId: string): Promise<{ item: Item | null; items: Item[] }> {
  const code = request.params['item'] ?? (request.query.get('ma') ?? '').trim();
  const items = await presentItems(request.reader, catalogueId);
  const item = code === '' ? null : items.find((one) => one.code === code);
  if (item === undefined) throw problem(itemMissing);
  return { item, items };
}

async function ask(request: WebRequest, form: FormState | null, status = 200): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const { item } = await itemAsked(request, catalogue.id);
  const shown = form ?? freshForm(item ? itemValues(item) : {});
  return page(<ProposePage catalogue={catalogue} item={item} form={shown} />, { status });
}

async function send(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const fields = await request.form();
  const { item: known, items } = await itemAsked(request, catalogue.id);
  const next = Math.max(0, ...items.map((one) => one.position)) + 10;
  const { item, form } = readItem(fields, request.locale, catalogue, known, next);
  const { reason, error } = readReason(fields, request.locale);
  const isTaken = known === null && items.some((one) => one.code === item.code);
  const merged = withItem(items, item);
  const faults = isTaken ? (['code-twice'] as const) : (listFaults(merged).get(merged.indexOf(item)) ?? []);
  const errors = {
    ...errorsOfFaults(faults, request.locale),
    ...form.errors,
    ...(error === null ? {} : { reason: error }),
  };
  if (Object.keys(errors).length > 0) return ask(request, { ...form, errors }, 422);
  const kind = known === null ? 'add' : known.validTo === null && item.validTo !== null ? 'end' : 'change';
  const proposalId = await request.command((tx) => propose(tx, request.actor, catalogue, { kind, item, reason }));
  return seeOther(request.href(paths.adminProposal({ proposalId })));
}
