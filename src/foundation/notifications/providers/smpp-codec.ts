/* The bytes of SMPP 3.4 (Issue 1.2): the few operations that a sender of messages needs. */

export const commands = {
  generic_nack: 0x80000000,
  submit_sm: 0x00000004,
  submit_sm_resp: 0x80000004,
  deliver_sm: 0x00000005,
  deliver_sm_resp: 0x80000005,
  unbind: 0x00000006,
  unbind_resp: 0x80000006,
  bind_transceiver: 0x00000009,
  bind_transceiver_resp: 0x80000009,
  enquire_link: 0x00000015,
  enquire_link_resp: 0x80000015,
} as const;

/** Statuses with a meaning of their own (5.1.3). */
export const statuses = {
  ok: 0,
  systemError: 0x08,
  invalidSource: 0x0a,
  invalidDestination: 0x0b,
  queueFull: 0x14,
  throttled: 0x58,
} as const;

export interface Pdu {
  command: number;
  status: number;
  sequence: number;
  body: Buffer;
}

const HEADER = 16;
/** A message body is at most 254 bytes and parameters are short: whatever claims more is not SMPP, or hostile. */
const MAX_PDU = 64 * 1024;

export class SmppFormatError extends Error {
  override name = 'SmppFormatError';
}

export function encodePdu({ command, status, sequence, body }: Pdu): Buffer {
  const bytes = Buffer.alloc(HEADER + body.length);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(command, 4);
  bytes.writeUInt32BE(status, 8);
  bytes.writeUInt32BE(sequence, 12);
  body.copy(bytes, HEADER);
  return bytes;
}

/** Gathers bytes of a stream and gives whole PDUs. @throws SmppFormatError for a length that cannot be */
export function pduReader(): (bytes: Buffer) => Pdu[] {
  let waiting: Buffer = Buffer.alloc(0);
  return (bytes) => {
    waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
    const found: Pdu[] = [];
    while (waiting.length >= HEADER) {
      const length = waiting.readUInt32BE(0);
      if (length < HEADER || length > MAX_PDU) throw new SmppFormatError(`a PDU of ${length} bytes`);
      if (waiting.length < length) break;
      found.push({
        command: waiting.readUInt32BE(4),
        status: waiting.readUInt32BE(8),
        sequence: waiting.readUInt32BE(12),
        body: waiting.subarray(HEADER, length),
      });
      waiting = waiting.subarray(length);
    }
    return found;
  };
}

const cString = (text: string, max: number): Buffer => Buffer.from(`${text.slice(0, max - 1)}\0`, 'latin1');

/** 4.1.5 bind_transceiver. */
export const bindBody = (systemId: string, password: string, systemType = ''): Buffer =>
  Buffer.concat([
    cString(systemId, 16),
    cString(password, 9),
    cString(systemType, 13),
    Buffer.from([0x34, 0, 0]), // interface version, address range's type and plan
    cString('', 41),
  ]);

export interface ShortMessage {
  /** A brandname of up to 11 characters, or a number. */
  source: string;
  destination: string;
  esmClass: number;
  dataCoding: number;
  registeredDelivery: number;
  message: Buffer;
}

/** 4.4.1 submit_sm. An alphanumeric source has type 5 and plan 0, a number type 1 and plan 1 (5.2.5, 5.2.6). */
export function submitBody(short: ShortMessage): Buffer {
  const isNumber = /^\d+$/.test(short.source);
  return Buffer.concat([
    cString('', 6),
    Buffer.from(isNumber ? [short.source.length > 6 ? 1 : 3, 1] : [5, 0]),
    cString(short.source, 21),
    Buffer.from([1, 1]),
    cString(short.destination, 21),
    Buffer.from([short.esmClass, 0, 0]), // protocol, priority
    cString('', 17), // at once
    cString('', 17), // the centre's own validity
    Buffer.from([short.registeredDelivery, 0, short.dataCoding, 0, short.message.length]),
    short.message,
  ]);
}

export interface Delivered extends ShortMessage {
  /** Optional parameters by tag (5.3.2). */
  parameters: ReadonlyMap<number, Buffer>;
}

/** The text up to the next zero byte, moving on. @throws SmppFormatError when there is none */
function cursorOf(body: Buffer) {
  let at = 0;
  const need = (count: number) => {
    if (at + count > body.length) throw new SmppFormatError('a PDU that ends early');
  };
  return {
    text(): string {
      const end = body.indexOf(0, at);
      if (end < 0) throw new SmppFormatError('a text without an end');
      const text = body.toString('latin1', at, end);
      at = end + 1;
      return text;
    },
    byte(): number {
      need(1);
      return body[at++] ?? 0;
    },
    bytes(count: number): Buffer {
      need(count);
      at += count;
      return body.subarray(at - count, at);
    },
    left: () => body.length - at,
  };
}

/** The first text of a body: the message id of submit_sm_resp, the system id of a bind's answer. */
export const firstText = (body: Buffer): string => (body.length === 0 ? '' : cursorOf(body).text());

/** Reads 4.6.1 deliver_sm (and submit_sm, which has the same form). @throws SmppFormatError */
export function readShortMessage(body: Buffer): Delivered {
  const cursor = cursorOf(body);
  cursor.text();
  cursor.bytes(2);
  const source = cursor.text();
  cursor.bytes(2);
  const destination = cursor.text();
  const esmClass = cursor.byte();
  cursor.bytes(2);
  cursor.text();
  cursor.text();
  const registeredDelivery = cursor.byte();
  cursor.byte();
  const dataCoding = cursor.byte();
  cursor.byte();
  const short = cursor.bytes(cursor.byte());
  const parameters = new Map<number, Buffer>();
  while (cursor.left() >= 4) {
    const head = cursor.bytes(4);
    parameters.set(head.readUInt16BE(0), cursor.bytes(head.readUInt16BE(2)));
  }
  const message = short.length === 0 ? (parameters.get(0x0424) ?? short) : short; // message_payload
  return { source, destination, esmClass, dataCoding, registeredDelivery, message, parameters };
}

export interface Receipt {
  reference: string;
  state: 'delivered' | 'undelivered';
  reason: string | null;
}

const STATES = ['', 'ENROUTE', 'DELIVRD', 'EXPIRED', 'DELETED', 'UNDELIV', 'ACCEPTD', 'UNKNOWN', 'REJECTD'];
const FINAL_FAILURES = new Set(['EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD']);

/** The receipt in a deliver_sm: from its parameters (5.3.2.12, 5.3.2.35), else from the text that appendix B describes. Null: not a final one. */
export function receiptOf(delivered: Delivered): Receipt | null {
  const text = delivered.message.toString('latin1');
  const id = delivered.parameters.get(0x001e);
  const reference = id ? id.toString('latin1').replace(/\0$/, '') : (/\bid:\s*(\S+)/i.exec(text)?.[1] ?? '');
  const number = delivered.parameters.get(0x0427)?.[0];
  const state =
    number === undefined ? (/\bstat:\s*(\w+)/i.exec(text)?.[1] ?? '').toUpperCase() : (STATES[number] ?? '');
  if (reference === '' || reference.length > 65) return null;
  if (state === 'DELIVRD') return { reference, state: 'delivered', reason: null };
  if (!FINAL_FAILURES.has(state)) return null;
  const error = /\berr:\s*(\w+)/i.exec(text)?.[1];
  return { reference, state: 'undelivered', reason: error && error !== '000' ? `${state} ${error}` : state };
}
