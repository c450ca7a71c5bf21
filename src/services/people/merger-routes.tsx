import { listAccountNames, normaliseIdentityNumber } from '../../foundation/identity/index.ts';
import { statedReason } from '../../foundation/readings/index.ts';
import { can, unitsOf, type Actor } from '../../platform/access.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { agencyNames } from './agency-names.ts';
import {
  approveMerger,
  lookAtMerger,
  openMerger,
  previewMerger,
  proposeMerger,
  refuseMerger,
  undoMerger,
} from './merge-people.ts';
import { listMergers } from './merger-queries.ts';
import type { MergerState } from './merger.ts';
import { mayApproveMergers, mayProposeMergers } from './people-permissions.ts';
import { mergerBlocked } from './people-problems.ts';
import { MergerPage, MergersPage, type MergerFault, type MergerFormValues } from './views/merger-pages.tsx';
import { MergerPreviewPage } from './views/merger-preview-page.tsx';

const PAGE = 50;
const STATES: readonly MergerState[] = ['proposed', 'done', 'refused', 'undone'];
const EMPTY: MergerFormValues = { source: '', target: '' };

/** The units whose mergers somebody sees, by either right; null for everywhere. */
function unitsBoth(actor: Actor): readonly string[] | null {
  const [proposes, approves] = [unitsOf(actor, mayProposeMergers), unitsOf(actor, mayApproveMergers)];
  return proposes && approves && [...new Set([...proposes, ...approves])];
}

async function list(request: WebRequest, values = EMPTY, faults: readonly MergerFault[] = []): Promise<Reply> {
  const { reader, query, actor } = request;
  const after = query.get('sau');
  const state = STATES.find((each) => each === query.get('xem')) ?? null;
  const rows = await listMergers(reader, {
    state,
    after: isId(after) ? after : null,
    limit: PAGE + 1,
    unitIds: unitsBoth(actor),
  });
  const shown = rows.slice(0, PAGE);
  const names = await listAccountNames(
    reader,
    shown.map((row) => row.targetId),
  );
  return page(
    <MergersPage
      rows={shown}
      names={names}
      state={state}
      agencies={await agencyNames(request, shown)}
      next={rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null}
      mayPropose={can(actor, mayProposeMergers)}
      values={values}
      faults={faults}
    />,
    { status: faults.length > 0 ? 422 : 200 },
  );
}

async function propose(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const text = (name: string) => (form.get(name) ?? '').replaceAll('\u0000', '').trim().slice(0, 30);
  const values = { source: text('bo'), target: text('giu') };
  const numbers = {
    source: normaliseIdentityNumber(values.source) ?? '',
    target: normaliseIdentityNumber(values.target) ?? '',
  };
  const faults: MergerFault[] = [];
  if (numbers.target === '') faults.push('target');
  if (numbers.source === '') faults.push('source');
  if (faults.length === 0 && numbers.source === numbers.target) faults.push('same');
  if (faults.length > 0) return list(request, values, faults);
  const preview = await request.command((tx) => lookAtMerger(tx, request.actor, numbers));
  if ('missing' in preview) return list(request, values, [preview.missing === 'source' ? 'noSource' : 'noTarget']);
  const proof = form.get('proof') ?? '';
  const wrong = statedReason(proof) === null ? 'proof' : form.get('sure') === 'yes' ? null : 'sure';
  if (form.get('act') !== 'propose') return page(<MergerPreviewPage {...{ preview, proof: '' }} fault={null} />);
  if (wrong || preview.obstacles.length > 0)
    return page(<MergerPreviewPage {...{ preview }} proof={proof.slice(0, 200)} fault={wrong} />, { status: 422 });
  const id = await request.command((tx) => proposeMerger(tx, request.actor, { ...numbers, proof }));
  return seeOther(request.href(paths.accountMerger({ id })));
}

async function show(request: WebRequest, fault: 'reason' | 'blocked' | null = null): Promise<Reply> {
  const { merger, sides } = await request.command((tx) => openMerger(tx, request.actor, request.params['id'] ?? ''));
  const [source, target] = sides;
  const preview =
    merger.state === 'proposed' && source && target
      ? await previewMerger(request.reader, { source: source.identityNumber, target: target.identityNumber })
      : null;
  return page(
    <MergerPage
      merger={merger}
      source={source ?? null}
      target={target ?? null}
      agency={(await agencyNames(request, [merger])).get(merger.unitId ?? '') ?? null}
      lines={preview && !('missing' in preview) ? preview.lines : []}
      isOwn={request.actor.id === merger.proposedById}
      mayDecide={can(request.actor, mayApproveMergers, { unitId: merger.unitId })}
      now={request.now}
      fault={fault}
    />,
    { status: fault ? 422 : 200 },
  );
}

async function act(request: WebRequest): Promise<Reply> {
  const id = request.params['id'] ?? '';
  const form = await request.form();
  const reason = form.get('reason') ?? '';
  const what = form.get('act');
  if (what !== 'approve' && statedReason(reason) === null) return show(request, 'reason');
  try {
    await request.command((tx) =>
      what === 'approve'
        ? approveMerger(tx, request.actor, id)
        : what === 'undo'
          ? undoMerger(tx, request.actor, id, reason)
          : refuseMerger(tx, request.actor, id, reason),
    );
  } catch (error) {
    if (isProblem(error, mergerBlocked)) return show(request, 'blocked');
    throw error;
  }
  return seeOther(request.href(paths.accountMerger({ id })));
}

/** Officials merge two accounts of one person: one proposes, another approves, and it can be undone for a while. */
export function mergerRoutes(web: Web): void {
  const access = { anyOf: [mayProposeMergers, mayApproveMergers] };
  web.get(paths.accountMergers, { access }, (request) => list(request));
  web.post(paths.accountMergers, { access: { permission: mayProposeMergers } }, propose);
  web.get(paths.accountMerger, { access, example: { id: '01900000-0000-7000-8000-000000000000' } }, (request) =>
    show(request),
  );
  web.post(paths.accountMerger, { access: { permission: mayApproveMergers } }, act);
}
