const SEGMENT_BYTES = 16n * 1024n * 1024n;
const PER_LOG = 0x1_0000_0000n / SEGMENT_BYTES;

const hex = (value: bigint): string => value.toString(16).toUpperCase().padStart(8, '0');

/** The number of a position in the log, `16/B374D848` → bytes from the beginning. */
export function lsnNumber(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

/** The name of the segment file that holds a position (moved by `shift` bytes), as PostgreSQL names it at 16 MB a segment. */
export function segmentOf(timeline: number, lsn: string, shift = 0n): string {
  const number = (lsnNumber(lsn) + shift) / SEGMENT_BYTES;
  return hex(BigInt(timeline)) + hex(number / PER_LOG) + hex(number % PER_LOG);
}

export const isSegmentName = (name: string): boolean => /^[0-9A-F]{24}$/.test(name);
/** A segment's place in the log whatever its timeline: names without the first eight digits sort by it. */
export const placeInLog = (segment: string): string => segment.slice(8, 24);
