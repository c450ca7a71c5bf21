import { Type } from 'typebox';
import { findUnit } from '../../../foundation/organisations/index.ts';
import { localDate } from '../../../platform/clock.ts';
import type { ApiDoc } from '../../../platform/http/api-doc.ts';
import { anId, anInstant, maybe, oneOf, said } from '../../../platform/http/api-schema.ts';
import { json } from '../../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { invalidInput, problem } from '../../../platform/problems.ts';
import { paths } from '../../../ui/paths.ts';
import { offerNotFound, procedureNotFound } from '../../procedures/index.ts';
import { unitNeeded } from '../api-problems.ts';
import { findOffered } from '../find-offered.ts';
import { previewAppointment } from '../preview-appointment.ts';
import { termsOf } from '../procedure-terms.ts';
import type { ProcedureTerms } from '../dossier.ts';

const timeUnits = ['workingHour', 'hour', 'workingDay', 'day', 'month'] as const;

const dueDateDoc = {
  id: 'computeDueDate',
  tag: 'calendar',
  summary: { vi: 'Tính ngày hẹn trả', en: 'When a dossier would be due' },
  description: {
    vi: 'Hồ sơ của thủ tục, tiếp nhận tại thời điểm receivedAt, thì hẹn trả lúc nào, theo lịch làm việc và quy định của ngày đó. Hoặc tính cho một thời hạn bất kỳ (amount, timeUnit) tại một đơn vị.',
    en: 'When a dossier of a procedure, received at `receivedAt`, would be due, by the working calendar and the rules of that day. Or for any time limit (`amount`, `timeUnit`) at a unit.',
  },
  answers: {
    200: {
      description: { vi: 'Ngày hẹn', en: 'The appointment' },
      schema: Type.Object(
        {
          receivedAt: anInstant('Lúc tiếp nhận', 'Received'),
          dueAt: maybe(anInstant('Hẹn trả; trống nếu thủ tục không có thời hạn', 'Due; null where there is no limit')),
          unitId: anId('Theo lịch của đơn vị', 'Whose calendar'),
          limit: maybe(Type.Object({ amount: Type.Number(), unit: oneOf(timeUnits) })),
        },
        { title: 'DueDate' },
      ),
    },
  },
  problems: [procedureNotFound, offerNotFound, unitNeeded],
} as const satisfies ApiDoc;

const query = Type.Object({
  procedure: Type.Optional(Type.String({ maxLength: 40, ...said('Mã thủ tục', 'Code of the procedure') })),
  unit: Type.Optional(anId('Cơ quan giải quyết', 'Competent unit')),
  receivedAt: Type.Optional(
    Type.String({ format: 'date-time', ...said('Lúc tiếp nhận; bỏ trống là bây giờ', 'Received; now when left out') }),
  ),
  amount: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000, ...said('Thời hạn', 'The limit, instead of a procedure’s') }),
  ),
  timeUnit: Type.Optional(oneOf(timeUnits, said('Đơn vị của thời hạn', 'Unit of the limit'))),
});

const fault = (pointer: string, message: string) => problem(invalidInput, { errors: [{ pointer, message }] });

async function askedFor(request: WebRequest, at: Date): Promise<{ unitId: string; terms: ProcedureTerms }> {
  const { query: asked, reader } = request;
  const unit = asked.get('unit');
  const code = asked.get('procedure');
  if (code !== null) {
    const { procedure, offer } = await findOffered(reader, code, unit, localDate(at));
    return { unitId: offer.unitId, terms: await termsOf(reader, procedure, offer, 'counter', at) };
  }
  const amount = Number(asked.get('amount'));
  const timeUnit = timeUnits.find((each) => each === asked.get('timeUnit'));
  if (!amount || !timeUnit) throw fault('/procedure', 'is needed, or amount and timeUnit');
  if (!unit || !(await findUnit(reader, unit, localDate(at)))) throw fault('/unit', 'is no unit of that day');
  const words = { vi: '', en: '' };
  return {
    unitId: unit,
    terms: { procedureCode: '', procedureName: words, limit: { amount, unit: timeUnit }, steps: [] },
  };
}

/** When a dossier would be due: the computation that the front desk shows before it receives one. */
export function dueDateRoutes(web: Web): void {
  web.get(paths.apiDueDate, { access: 'public', machine: true, query, api: dueDateDoc }, async (request) => {
    const asked = request.query.get('receivedAt');
    const at = asked ? new Date(asked) : request.now;
    if (at.getFullYear() < 2014 || at.getFullYear() > 2100) throw fault('/receivedAt', 'lies outside 2014 to 2100');
    const { unitId, terms } = await askedFor(request, at);
    const dueAt = await previewAppointment(request.reader, { competentUnitId: unitId, terms }, at);
    return json({ receivedAt: at, dueAt, unitId, limit: terms.limit });
  });
}
