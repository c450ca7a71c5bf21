import { readSms } from './sms-text.ts';

/* Long texts come in parts, each with the same reference, the number of parts and its own number. */

/** Where a part belongs. References of 8 and of 16 bits are told apart by adding 65536 to the long ones. */
export interface PartPlace {
  reference: number;
  total: number;
  number: number;
}

/** Parts that a text may have; what claims more is taken as texts of their own. */
export const MAX_INBOUND_PARTS = 10;
export const MAX_PART_BYTES = 1_000;
const LONG_REFERENCE = 0x1_0000;
const SAR = { reference: 0x020c, total: 0x020e, number: 0x020f } as const;

const placeOf = (reference: number, total: number, number: number): PartPlace | null =>
  total >= 2 && total <= MAX_INBOUND_PARTS && number >= 1 && number <= total ? { reference, total, number } : null;

/**
 * The place that a message's user data header names: concatenated short messages with a reference of 8 bits (IEI 00) or 16 (IEI 08), 3GPP TS 23.040
 * 9.2.3.24.1 and .8; and the text after the header. A header that cannot be right names no place; its bytes are passed over as far as it says.
 */
export function readHeader(message: Buffer): { place: PartPlace | null; body: Buffer } {
  const length = message[0] ?? 0;
  const body = message.subarray(1 + length);
  if (1 + length > message.length) return { place: null, body: Buffer.alloc(0) };
  let place: PartPlace | null = null;
  for (let at = 1; at + 2 <= 1 + length;) {
    const [element = 0, size = 0] = [message[at], message[at + 1]];
    const data = message.subarray(at + 2, at + 2 + size);
    if (at + 2 + size > 1 + length) return { place: null, body };
    if (element === 0x00 && size === 3) place = placeOf(data[0] ?? 0, data[1] ?? 0, data[2] ?? 0);
    if (element === 0x08 && size === 4)
      place = placeOf(LONG_REFERENCE + data.readUInt16BE(0), data[2] ?? 0, data[3] ?? 0);
    at += 2 + size;
  }
  return { place, body };
}

/** The place that the optional parameters of SMPP 3.4 name (5.3.2.22 to .24: sar_msg_ref_num, sar_total_segments, sar_segment_seqnum). */
export function readSar(parameters: ReadonlyMap<number, Buffer>): PartPlace | null {
  const reference = parameters.get(SAR.reference);
  const total = parameters.get(SAR.total);
  const number = parameters.get(SAR.number);
  if (reference?.length !== 2 || total?.length !== 1 || number?.length !== 1) return null;
  return placeOf(LONG_REFERENCE + reference.readUInt16BE(0), total[0] ?? 0, number[0] ?? 0);
}

export interface PartBytes {
  number: number;
  dataCoding: number;
  body: Buffer;
}

/** The text of parts in their order; `[…]` stands where one never came. A character torn between two parts is whole again. */
export function joinParts(parts: readonly PartBytes[], total: number): string {
  const byNumber = new Map(parts.map((part) => [part.number, part]));
  const runs: { dataCoding: number; bytes: Buffer[] }[] = [];
  let text = '';
  const flush = (): void => {
    for (const run of runs.splice(0)) text += readSms(Buffer.concat(run.bytes), run.dataCoding);
  };
  for (let number = 1; number <= total; number += 1) {
    const part = byNumber.get(number);
    if (!part) {
      flush();
      text += text.endsWith('[…]') ? '' : '[…]';
      continue;
    }
    const last = runs.at(-1);
    if (last?.dataCoding === part.dataCoding) last.bytes.push(part.body);
    else runs.push({ dataCoding: part.dataCoding, bytes: [part.body] });
  }
  flush();
  return text;
}
