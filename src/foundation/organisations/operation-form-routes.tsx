import { buffer } from 'node:stream/consumers';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem } from '../../platform/problems.ts';
import { parseDay } from '../../platform/day.ts';
import { freshForm } from '../../ui/components/form-state.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { registerFile, storeUpload, type StoredBlob } from '../files/index.ts';
import { kindOf, readChanges, readDecision } from './change-form.ts';
import { ChangeFileError, MAX_FILE_BYTES, readChangeFile } from './change-file.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { operationOf } from './operation-routes.tsx';
import { planFromFile } from './plan-from-file.ts';
import { changeOperation, createOperation } from './save-operation.ts';
import { valuesOf } from './unit-routes.tsx';
import { fieldLabels } from './views/change-fields.tsx';
import { ChooseKindPage, OperationFormPage, OperationImportPage } from './views/operations-page.tsx';
import { operationErrors } from './views/operation-words.ts';
import type { ChangeKind } from './reorganisation.ts';

const access = { permission: manageOrganisations };
const MAX_PDF_BYTES = 20_000_000;

/** The fields of a form, and the decision attached to it as a stored PDF; `refused` says why a file was not taken. */
async function formWithDecision(request: WebRequest) {
  let blob: StoredBlob | null = null;
  let refused: string | null = null;
  const fields = await request.form(async (file) => {
    try {
      blob = await storeUpload(request.config.filesFolder, file, { maxBytes: MAX_PDF_BYTES, kinds: ['pdf'] });
    } catch (error) {
      if (!isProblem(error) || error.definition.status !== 422) throw error;
      refused = error.definition.title[request.locale];
    }
    return null;
  });
  return { fields, blob: blob as StoredBlob | null, refused: refused as string | null };
}

function newForm(request: WebRequest): Reply {
  const kind = kindOf(request.query.get('loai'));
  if (kind === null) return page(<ChooseKindPage />);
  const form = freshForm({ effectiveOn: formatDate(localDate(request.now)) });
  return page(<OperationFormPage kind={kind} form={form} hasDecision />);
}

async function create(request: WebRequest): Promise<Reply> {
  const { fields, blob, refused } = await formWithDecision(request);
  const kind: ChangeKind = kindOf(fields.get('kind')) ?? 'merge';
  const { value, errors } = readDecision(fields);
  const day = value.effectiveOn || localDate(request.now);
  const read = await readChanges(request.reader, kind, fields, day);
  const wrong = operationErrors({ ...errors, ...read.errors }, fieldLabels(request.locale), request.locale);
  if (refused) wrong['file'] = refused;
  if (Object.keys(wrong).length > 0)
    return page(<OperationFormPage kind={kind} form={{ values: valuesOf(fields), errors: wrong }} hasDecision />, {
      status: 422,
    });
  const operationId = await request.command(async (tx) => {
    const decisionFileId = blob ? await registerFile(tx, blob, { kind: 'operation', id: 'decision' }) : null;
    const plan = { changes: read.changes, decisions: {}, rules: [] };
    return createOperation(tx, request.actor, { ...value, decisionFileId, plan });
  });
  return seeOther(request.href(paths.adminOperation({ operationId })));
}

async function factsForm(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const { title, decisionNumber, issuingBody, effectiveOn } = operation;
  const form = freshForm({ title, decisionNumber, issuingBody, effectiveOn: formatDate(effectiveOn) });
  return page(<OperationFormPage kind={null} form={form} hasDecision operation={operation} />);
}

async function changeFacts(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const { fields, blob, refused } = await formWithDecision(request);
  const { value, errors } = readDecision(fields);
  const wrong = operationErrors(errors, fieldLabels(request.locale), request.locale);
  if (refused) wrong['file'] = refused;
  if (Object.keys(wrong).length > 0)
    return page(
      <OperationFormPage
        kind={null}
        form={{ values: valuesOf(fields), errors: wrong }}
        hasDecision
        operation={operation}
      />,
      { status: 422 },
    );
  await request.command(async (tx) => {
    const file = blob ? await registerFile(tx, blob, { kind: 'operation', id: operation.id }) : null;
    await changeOperation(
      tx,
      request.actor,
      { id: operation.id, version: Number(fields.get('version')) },
      (stored) => ({
        ...value,
        decisionFileId: file ?? stored.decisionFileId,
        plan: stored.plan,
      }),
    );
  });
  return seeOther(request.href(paths.adminOperation({ operationId: operation.id })));
}

async function changeForm(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const kind = kindOf(request.query.get('loai')) ?? 'merge';
  return page(<OperationFormPage kind={kind} form={freshForm()} hasDecision={false} operation={operation} />);
}

async function addChanges(request: WebRequest): Promise<Reply> {
  const operation = await operationOf(request);
  const fields = await request.form();
  const kind: ChangeKind = kindOf(fields.get('kind')) ?? 'merge';
  const { changes, errors } = await readChanges(request.reader, kind, fields, operation.effectiveOn);
  if (Object.keys(errors).length > 0) {
    const wrong = operationErrors(errors, fieldLabels(request.locale), request.locale);
    return page(
      <OperationFormPage
        kind={kind}
        form={{ values: valuesOf(fields), errors: wrong }}
        hasDecision={false}
        operation={operation}
      />,
      { status: 422 },
    );
  }
  await request.command((tx) =>
    changeOperation(tx, request.actor, { id: operation.id, version: Number(fields.get('version')) }, (stored) => ({
      ...stored,
      plan: { ...stored.plan, changes: [...stored.plan.changes, ...changes] },
    })),
  );
  return seeOther(request.href(paths.adminOperation({ operationId: operation.id })));
}

const faults: Readonly<Record<ChangeFileError['fault'] | 'missing' | 'day', { vi: string; en: string }>> = {
  missing: { vi: 'Chọn tệp cần nhập', en: 'Choose the file' },
  day: { vi: 'Nhập ngày có hiệu lực: tệp không ghi', en: 'Enter the day of effect: the file does not say it' },
  unreadable: { vi: 'Không đọc được tệp này', en: 'The file cannot be read' },
  headings: { vi: 'Không có cột "Từ đơn vị": dùng tệp mẫu', en: 'There is no column "from": use the template' },
  schema: { vi: 'Tệp JSON không đúng cấu trúc', en: 'The JSON file does not have the right structure' },
  empty: { vi: 'Tệp không có dòng nào', en: 'The file has no rows' },
  long: { vi: 'Tệp có quá 2.000 dòng', en: 'The file has more than 2,000 rows' },
};

async function importFile(request: WebRequest): Promise<Reply> {
  let bytes: Buffer | null = null;
  let name = '';
  const fields = await request.form(async (file) => {
    bytes = await buffer(file.stream);
    name = file.fileName;
    return null;
  });
  const refuse = (field: string, text: string) =>
    page(<OperationImportPage form={{ values: valuesOf(fields), errors: { [field]: text } }} />, { status: 422 });
  const content = bytes as Buffer | null;
  if (content === null || content.length === 0) return refuse('file', faults.missing[request.locale]);
  try {
    const file = await readChangeFile(content, name);
    const effectiveOn = parseDay(fields.get('effectiveOn') ?? '') ?? file.effectiveOn;
    if (effectiveOn === null) return refuse('effectiveOn', faults.day[request.locale]);
    const said = (field: string, other: string, limit: number) =>
      ((fields.get(field) ?? '').trim() || other || '-').slice(0, limit);
    const { plan, report } = await planFromFile(request.reader, file, effectiveOn);
    const operationId = await request.command((tx) =>
      createOperation(
        tx,
        request.actor,
        {
          title: said('title', file.title, 300),
          decisionNumber: said('decisionNumber', file.decisionNumber, 100),
          issuingBody: said('issuingBody', file.issuingBody, 300),
          effectiveOn,
          decisionFileId: null,
          plan,
        },
        report(name),
      ),
    );
    return seeOther(request.href(paths.adminOperation({ operationId })));
  } catch (error) {
    if (!(error instanceof ChangeFileError)) throw error;
    return refuse('file', `${faults[error.fault][request.locale]} (${error.message.slice(0, 200)})`);
  }
}

/** Drawing up an operation: by hand, step by step, or from a file; changing its decision and its changes. */
export function operationFormRoutes(web: Web): void {
  web.get(paths.adminOperationNew, { access }, newForm);
  web.post(paths.adminOperationNew, { access, bodyLimitBytes: MAX_PDF_BYTES + 200_000 }, create);
  web.get(paths.adminOperationImport, { access }, () => page(<OperationImportPage form={freshForm()} />));
  web.post(paths.adminOperationImport, { access, bodyLimitBytes: MAX_FILE_BYTES + 100_000 }, importFile);
  web.get(paths.adminOperationFacts, { access }, factsForm);
  web.post(paths.adminOperationFacts, { access, bodyLimitBytes: MAX_PDF_BYTES + 200_000 }, changeFacts);
  web.get(paths.adminOperationChange, { access }, changeForm);
  web.post(paths.adminOperationChange, { access }, addChanges);
}
