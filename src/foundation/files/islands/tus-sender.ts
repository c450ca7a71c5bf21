/* The sending half of tus 1.0.0, as much of it as our own server needs. */

export interface SenderOptions {
  endpoint: string;
  grant: string;
  token(): string;
}
/** `gone`: the server has forgotten it; `refused` carries the server's words; `broken`: the line, worth another try. */
export type PieceOutcome =
  | { kind: 'sent'; offset: number; isDone: boolean }
  | { kind: 'gone' | 'broken' }
  | { kind: 'refused'; text: string };

const PIECE_BYTES = 1_048_576;
const encode = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

interface Answer {
  status: number;
  text: string;
  header(name: string): string | null;
}

/** A request with progress; `status` 0 when the line broke. */
function request(
  options: SenderOptions,
  method: string,
  url: string,
  headers: Record<string, string>,
  body: Blob | null,
  onProgress: (bytes: number) => void,
  onStart: (abort: () => void) => void,
): Promise<Answer> {
  return new Promise((done) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    for (const [name, value] of Object.entries({
      'tus-resumable': '1.0.0',
      'x-csrf-token': options.token(),
      ...headers,
    }))
      xhr.setRequestHeader(name, value);
    xhr.upload.addEventListener('progress', (event) => onProgress(event.loaded));
    xhr.addEventListener('loadend', () =>
      done({ status: xhr.status, text: xhr.responseText, header: (name) => xhr.getResponseHeader(name) }),
    );
    xhr.timeout = 120_000;
    onStart(() => xhr.abort());
    xhr.send(body);
  });
}

const nothing = () => {};

function outcomeOf(answer: Answer): PieceOutcome {
  const { status } = answer;
  if (status >= 200 && status < 300)
    return {
      kind: 'sent',
      offset: Number(answer.header('upload-offset') ?? 0),
      isDone: answer.header('upload-complete') === '?1',
    };
  if (status === 404 || status === 410) return { kind: 'gone' };
  // 409 and 423 are cured by asking where the upload stands; 408, 429 and 5xx by waiting.
  if (
    status === 0 ||
    status === 408 ||
    status === 409 ||
    status === 423 ||
    status === 429 ||
    status === 460 ||
    status >= 500
  )
    return { kind: 'broken' };
  return { kind: 'refused', text: answer.text.slice(0, 300) };
}

/** Announces a file; returns its address. */
export async function announce(options: SenderOptions, name: string, file: Blob): Promise<string | PieceOutcome> {
  const headers = {
    'upload-length': String(file.size),
    'upload-metadata': `filename ${encode(name)},grant ${encode(options.grant)}`,
  };
  const answer = await request(options, 'POST', options.endpoint, headers, null, nothing, nothing);
  return (answer.status === 201 && answer.header('location')) || outcomeOf(answer);
}

export const ask = async (options: SenderOptions, url: string): Promise<PieceOutcome> =>
  outcomeOf(await request(options, 'HEAD', url, {}, null, nothing, nothing));

export const sendPiece = async (
  options: SenderOptions,
  url: string,
  file: Blob,
  offset: number,
  onProgress: (bytes: number) => void,
  onStart: (abort: () => void) => void,
): Promise<PieceOutcome> =>
  outcomeOf(
    await request(
      options,
      'PATCH',
      url,
      { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      file.slice(offset, offset + PIECE_BYTES),
      (bytes) => onProgress(Math.min(offset + bytes, file.size)),
      onStart,
    ),
  );

export const forget = async (options: SenderOptions, url: string): Promise<void> => {
  await request(options, 'DELETE', url, {}, null, nothing, nothing);
};
