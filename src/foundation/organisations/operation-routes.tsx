import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem, type LocalText } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { getFile, sendFile } from '../files/index.ts';
import { findUnitsByText } from './find-units-queries.ts';
import { queueOperation } from './operation-jobs.ts';
import { operationMissing, operationState } from './operation-problems.ts';
import { findOperation, listParts, storePreview, type Operation } from './operation-queries.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { previewPlan } from './preview-operation.ts';
import type { DossierRule } from './unit-move.ts';
import { unitNamer } from './resolve-plan.ts';
import { changeOperation, demandUnits, discardOperation, operationFor } from './save-operation.ts';
import {
  checkOperation,
  contradictionsOf,
  scheduleOperation,
  startOperation,
  startUndo,
  STRUCTURE,
  unscheduleOperation,
} from './start-operation.ts';
import { unitMoves } from './unit-move.ts';
import { OperationPage } from './views/operation-page.tsx';
import { nobodyTexts } from './views/operation-questions.tsx';
import { UndoPage } from './views/undo-page.tsx';

const access = { permission: manageOrganisations };

/** The operation of the address, for whoever manages every unit it names. @throws Problem `operation-missing`, `forbidden` */
export async function operationOf(request: WebRequest): Promise<Operation> {
  const id = request.params['operationId'] ?? '';
  const operation = isId(id) ? await findOperation(request.reader, id) : undefined;
  if (!operation) throw problem(operationMissing);
  demandUnits(request.actor, operation.plan);
  return operation;
}

const here = (request: WebRequest, operationId: string, anchor = '') =>
  seeOther(request.href(paths.adminOperation({ operationId })) + anchor);

function namerOf(request: WebRequest, operation: Operation): Promise<(unitId: string) => LocalText> {
  const more = [
    ...(operation.preview?.lines.flatMap((line) => [line.fromUnitId, line.toUnitId ?? '']) ?? []),
    ...(operation.preview?.obstacles.flatMap((each) => each.unitId ?? []) ?? []),
    ...Object.values(operation.plan.decisions),
    ...operation.plan.changes.flatMap((change) => (change.kind === 'move' ? [change.parentId] : [])),
  ].filter(isId);
  return unitNamer(request.reader, operation.plan, more, operation.effectiveOn);
}

async function show(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const titles: Record<string, LocalText> = {
    [STRUCTURE]: { vi: 'Đơn vị, vị trí, người và quyền', en: 'Units, posts, people and rights' },
    ...Object.fromEntries(unitMoves().map((move) => [move.name, move.title])),
  };
  return page(
    <OperationPage
      operation={operation}
      parts={await listParts(request.reader, operation.id)}
      titles={titles}
      nameOf={await namerOf(request, operation)}
      isOwn={operation.createdById !== null && operation.createdById === request.actor.id}
      isDue={operation.effectiveOn <= localDate(request.now)}
    />,
  );
}

/** The decisions of the form: what was chosen is kept, what was emptied is undecided again. Units are found by code or name. */
async function decide(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const fields = await request.form();
  const known = new Map((operation.preview?.ambiguities ?? []).map((each) => [each.key, each]));
  const groups = new Set([...known.keys()].map((key) => `all:${key.slice(0, key.indexOf(':'))}`));
  const decisions: Record<string, string> = { ...operation.plan.decisions };
  const named: [key: string, text: string][] = [];
  for (const [key, value] of fields) {
    const question = known.get(key);
    if (!question && !groups.has(key)) continue;
    const options = question
      ? question.options.map((each) => each.value)
      : [...known.values()]
          .filter((each) => `all:${each.key.slice(0, each.key.indexOf(':'))}` === key)
          .flatMap((each) => each.options.map((one) => one.value));
    if (value.trim() === '') delete decisions[key];
    else if (options.includes(value)) decisions[key] = value;
    else if (key.startsWith('target:') && nobodyTexts.includes(value.trim())) decisions[key] = 'none';
    else if (key.startsWith('target:')) named.push([key, value.trim()]);
  }
  const found = await findUnitsByText(
    request.reader,
    named.map(([, text]) => text),
    operation.effectiveOn,
  );
  for (const [key, text] of named) {
    const founded = operation.plan.changes.flatMap((change) =>
      change.kind === 'found' && [change.unit.nameVi, change.unit.agencyCode, change.unit.gsoCode].includes(text)
        ? [change.unit.id]
        : [],
    );
    const ids = [...(found.get(text) ?? []), ...founded];
    if (ids.length === 1) decisions[key] = ids[0]!;
  }
  const reference = { id: operation.id, version: Number(fields.get('version')) };
  await request.command((tx) =>
    changeOperation(tx, request.actor, reference, (stored) => ({ ...stored, plan: { ...stored.plan, decisions } })),
  );
  return here(request, operation.id, '#quyet-dinh');
}

async function removeChanges(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const fields = await request.form();
  const chosen = new Set(fields.getAll('change').map(Number));
  const reference = { id: operation.id, version: Number(fields.get('version')) };
  await request.command((tx) =>
    changeOperation(tx, request.actor, reference, (stored) => ({
      ...stored,
      plan: { ...stored.plan, changes: stored.plan.changes.filter((_, at) => !chosen.has(at)) },
    })),
  );
  return here(request, operation.id);
}

function ruleOf(fields: URLSearchParams): DossierRule | null {
  const by = (['address', 'procedure', 'field', 'code'] as const).find((each) => each === fields.get('ruleBy'));
  const values = (fields.get('ruleValues') ?? '')
    .split(',')
    .map((each) => each.trim().slice(0, 100))
    .filter((each) => each !== '')
    .slice(0, 500);
  const [fromUnitId, toUnitId] = [fields.get('ruleFrom') ?? '', fields.get('ruleTo') ?? ''];
  return by && values.length > 0 && isId(fromUnitId) && isId(toUnitId) ? { fromUnitId, by, values, toUnitId } : null;
}

async function changeRules(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const fields = await request.form();
  const rule = fields.get('action') === 'clear' ? null : ruleOf(fields);
  if (rule === null && fields.get('action') !== 'clear') return here(request, operation.id);
  const reference = { id: operation.id, version: Number(fields.get('version')) };
  await request.command((tx) =>
    changeOperation(tx, request.actor, reference, (stored) => ({
      ...stored,
      plan: { ...stored.plan, rules: rule ? [...stored.plan.rules, rule].slice(0, 200) : [] },
    })),
  );
  return here(request, operation.id);
}

async function act(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const fields = await request.form();
  const { id } = operation;
  const { actor } = request;
  const reference = { id, version: Number(fields.get('version')) };
  await request.command(async (tx) => {
    const action = fields.get('action');
    if (action === 'check') await checkOperation(tx, actor, reference);
    else if (action === 'schedule') await scheduleOperation(tx, actor, id);
    else if (action === 'unschedule') await unscheduleOperation(tx, actor, id);
    else if (action === 'discard') await discardOperation(tx, actor, id);
    else if (action === 'start') {
      await startOperation(tx, actor, id);
      queueOperation(tx, id);
    } else if (action === 'continue' && (operation.state === 'running' || operation.state === 'undoing'))
      queueOperation(tx, id);
    else if (action === 'preview') {
      const stored = await operationFor(tx, actor, { id, version: null }, 'draft');
      await storePreview(tx, id, await previewPlan(tx, stored));
    } else throw problem(operationState);
  });
  return here(request, id);
}

async function undoForm(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const found = await contradictionsOf(request.reader, operation);
  return page(<UndoPage operation={operation} {...found} nameOf={await namerOf(request, operation)} />);
}

async function undo(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  await request.form();
  await request.command(async (tx) => {
    await startUndo(tx, request.actor, operation.id);
    queueOperation(tx, operation.id);
  });
  return here(request, operation.id);
}

async function exportLines(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const nameOf = await namerOf(request, operation);
  const { locale } = request;
  const vi = locale === 'vi';
  const kinds = operation.preview?.kinds ?? {};
  return tableExport(request.params['format'] ?? '', {
    locale,
    name: vi ? 'xem-truoc-sap-xep' : 'preview-of-change',
    rows: operation.preview?.lines ?? [],
    columns: [
      { heading: vi ? 'Đơn vị' : 'Unit', value: (line) => nameOf(line.fromUnitId)[locale], width: 40 },
      {
        heading: vi ? 'Về đơn vị' : 'Goes to',
        value: (line) => (line.toUnitId ? nameOf(line.toUnitId)[locale] : ''),
        width: 40,
      },
      { heading: vi ? 'Nội dung' : 'What', value: (line) => kinds[line.kind]?.[locale] ?? line.kind, width: 30 },
      { heading: vi ? 'Số lượng' : 'Number', value: (line) => line.count },
      { heading: vi ? 'Ví dụ' : 'For example', value: (line) => line.samples.join(', '), width: 40 },
    ],
  });
}

async function decisionFile(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  if (operation.decisionFileId === null) throw problem(notFound);
  return sendFile(request, await getFile(request.reader, operation.decisionFileId));
}

/** One operation: its page, decisions, rules, acts, undo, lines as a sheet, attached decision. */
export function operationRoutes(web: Web): void {
  web.get(paths.adminOperation, { access }, show);
  web.post(paths.adminOperationDecisions, { access }, decide);
  web.post(paths.adminOperationChangeRemoval, { access }, removeChanges);
  web.post(paths.adminOperationRule, { access }, changeRules);
  web.post(paths.adminOperationAct, { access }, act);
  web.get(paths.adminOperationUndo, { access }, undoForm);
  web.post(paths.adminOperationUndo, { access }, undo);
  web.get(paths.adminOperationLines, { access, example: { format: 'csv' } }, exportLines);
  web.get(paths.adminOperationFile, { access }, decisionFile);
}
