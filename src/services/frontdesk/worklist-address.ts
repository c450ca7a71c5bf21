import { parseDay } from '../../platform/day.ts';
import { instantOf } from '../../platform/clock.ts';
import { isId } from '../../platform/ids.ts';
import {
  parseCursor,
  states,
  type Channel,
  type Queue,
  type State,
  type WorklistCursor,
  type WorklistSort,
} from '../dossiers/index.ts';

/* How a worklist stands in an address: read from the query, and written back into links. Nothing here fails; what makes no sense is left out. */

/** Queues under their names in addresses, in the order of the tabs. */
export const queueSlugs = {
  mine: 'cua-toi',
  late: 'qua-han',
  'due-soon': 'sap-den-han',
  'awaiting-receipt': 'cho-tiep-nhan',
  'in-process': 'dang-xu-ly',
  'awaiting-supplement': 'cho-bo-sung',
  'awaiting-payment': 'cho-nop-phi',
  'awaiting-return': 'cho-tra-ket-qua',
  closed: 'da-xong',
} as const satisfies Record<Queue, string>;
export const queues = Object.keys(queueSlugs) as Queue[];

export interface WorklistAddress {
  queue: Queue;
  procedureId: string | null;
  unitId: string | null;
  state: State | null;
  channel: Channel | null;
  assigneePostId: string | null;
  /** Days of the appointment (of submission where there is none yet), both included, `YYYY-MM-DD`. */
  fromDay: string | null;
  toDay: string | null;
  text: string;
  sort: WorklistSort;
  after: WorklistCursor | null;
  before: WorklistCursor | null;
}

const channels: readonly Channel[] = ['counter', 'online', 'post'];
const idOrNull = (text: string | null): string | null => (text !== null && isId(text) ? text.toLowerCase() : null);

export function readWorklistAddress(query: URLSearchParams): WorklistAddress {
  const slug = query.get('hang');
  const state = Number(query.get('trang-thai'));
  const channel = query.get('kenh') as Channel;
  return {
    queue: queues.find((queue) => queueSlugs[queue] === slug) ?? 'in-process',
    procedureId: idOrNull(query.get('thu-tuc')),
    unitId: idOrNull(query.get('don-vi')),
    state: (Object.values(states) as number[]).includes(state) ? (state as State) : null,
    channel: channels.includes(channel) ? channel : null,
    assigneePostId: idOrNull(query.get('nguoi-xu-ly')),
    fromDay: parseDay(query.get('tu')),
    toDay: parseDay(query.get('den')),
    text: (query.get('tim') ?? '').normalize('NFC').trim().slice(0, 100),
    sort: query.get('sap-xep') === '-han' ? 'latest' : 'soonest',
    after: parseCursor(query.get('sau')),
    before: parseCursor(query.get('truoc')),
  };
}

/** The query of an address, without its cursor. */
export const worklistQuery = (address: WorklistAddress): Record<string, string | null> => ({
  hang: queueSlugs[address.queue],
  'thu-tuc': address.procedureId,
  'don-vi': address.unitId,
  'trang-thai': address.state === null ? null : String(address.state),
  kenh: address.channel,
  'nguoi-xu-ly': address.assigneePostId,
  tu: address.fromDay,
  den: address.toDay,
  tim: address.text || null,
  'sap-xep': address.sort === 'latest' ? '-han' : null,
});

/** The instants between which an address's days lie. */
export const boundsOf = (address: WorklistAddress): { from: Date | null; to: Date | null } => ({
  from: address.fromDay === null ? null : instantOf(address.fromDay),
  to: address.toDay === null ? null : new Date(instantOf(address.toDay).getTime() + 86_400_000),
});
