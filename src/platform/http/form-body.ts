import type { FastifyRequest } from 'fastify';
import { isProblem, malformedRequest, problem, tooLarge } from '../problems.ts';
import type { IncomingFile } from './web.ts';

const MAX_FIELDS = 2_000;
const MAX_FILES = 40;
// Control characters other than tab, line feed, carriage return have no place in what a person types.
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

const clean = (text: string): string => text.normalize('NFC').replaceAll(CONTROL, '');

/** Parses an urlencoded body: NFC, no control characters, at most 2,000 fields. */
export function parseUrlEncoded(body: string): URLSearchParams {
  let separators = 0;
  for (let i = body.indexOf('&'); i >= 0; i = body.indexOf('&', i + 1))
    if (++separators >= MAX_FIELDS) throw problem(tooLarge, { limit: `${MAX_FIELDS} fields` });
  const fields = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(body)) fields.append(clean(name), clean(value));
  return fields;
}

/** Reads a multipart body; each file's stream goes to `onFile` while it arrives. */
export async function readMultipart(
  request: FastifyRequest,
  onFile: ((file: IncomingFile) => Promise<string | null>) | undefined,
): Promise<URLSearchParams> {
  const fields = new URLSearchParams();
  let readerFailed = false;
  try {
    for await (const part of request.parts({
      limits: { fields: MAX_FIELDS, files: MAX_FILES, fieldSize: 1_048_576 },
    })) {
      if (part.type === 'field') {
        fields.append(clean(part.fieldname), clean(typeof part.value === 'string' ? part.value : ''));
        continue;
      }
      if (!onFile || part.filename === '') {
        part.file.resume();
        continue;
      }
      const value = await onFile({
        field: clean(part.fieldname),
        fileName: clean(part.filename).slice(0, 255),
        declaredType: part.mimetype,
        stream: part.file,
      }).catch((error: unknown) => {
        readerFailed = true;
        throw error;
      });
      part.file.resume();
      if (value !== null) fields.append(clean(part.fieldname), value);
    }
  } catch (error) {
    throw asProblem(error, readerFailed);
  }
  return fields;
}

/** The parser's own words for a body that ends early or makes no sense; it gives them no code. */
const MALFORMED = /unexpected end of|malformed part|boundary not found|multipart/i;

function asProblem(error: unknown, readerFailed: boolean): unknown {
  if (isProblem(error)) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && /FILE_TOO_LARGE|_LIMIT$|BODY_TOO_LARGE/.test(code)) return problem(tooLarge);
  if (!readerFailed || MALFORMED.test(error instanceof Error ? error.message : '')) return problem(malformedRequest);
  return error;
}
