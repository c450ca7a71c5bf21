import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * Stands for Zalo's service of notifications (ZNS): templates that were approved, a quota a day, tokens that end and are refreshed once each. Its moods are
 * what partners do: `slow`, `down`, `duplicate` (every report twice), `disorder` (reports before the answer), `refusing` (5 % at random, by a seed).
 */
export type ZaloMood = 'good' | 'slow' | 'down' | 'duplicate' | 'disorder' | 'refusing';

export interface ZaloStandIn {
  url: string;
  tokenUrl: string;
  mood: ZaloMood;
  quota: number;
  refreshes: number;
  /** Messages that were taken, by tracking id: a double is answered with the first one's id. */
  taken: Map<string, { id: string; phone: string; template: string; data: Record<string, string> }>;
  /** Ends every access token. */
  endTokens(): void;
  /** Where reports of delivery go. */
  callback: string | null;
  /** Reports that are under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface ZaloOptions {
  application: string;
  secret: string;
  refreshToken: string;
  templates: Record<string, readonly string[]>;
  seed?: number;
  slowMs?: number;
}

/** A small generator with a seed, so that a run with 5 % refusals can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

/** Starts the stand-in on a free port of this machine. */
export async function startZalo(options: ZaloOptions): Promise<ZaloStandIn> {
  const random = randomOf(options.seed ?? 1);
  let refreshToken = options.refreshToken;
  let accessToken: string | null = null;
  let messages = 0;
  const reports: Promise<unknown>[] = [];
  const stand: ZaloStandIn = {
    url: '',
    tokenUrl: '',
    mood: 'good',
    quota: 500,
    refreshes: 0,
    taken: new Map(),
    callback: null,
    endTokens: () => void (accessToken = null),
    settled: async () => void (await Promise.all(reports)),
    close: () => new Promise((done) => server.close(() => done())),
  };
  const report = (id: string): void => {
    if (stand.callback === null) return;
    const event = { event_name: 'user_received_message', message: { msg_id: id, delivery_time: '1' } };
    for (let times = stand.mood === 'duplicate' ? 2 : 1; times > 0; times -= 1)
      reports.push(
        fetch(stand.callback, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(event),
        }).catch(() => null),
      );
  };
  const token = (request: IncomingMessage, body: string): [number, object] => {
    const form = new URLSearchParams(body);
    const isRight =
      request.headers['secret_key'] === options.secret &&
      form.get('app_id') === options.application &&
      form.get('refresh_token') === refreshToken;
    if (!isRight) return [200, { error: -14014, error_description: 'Invalid refresh token' }];
    stand.refreshes += 1;
    accessToken = randomBytes(12).toString('hex');
    refreshToken = randomBytes(12).toString('hex');
    return [200, { access_token: accessToken, refresh_token: refreshToken, expires_in: '90000' }];
  };
  const take = async (request: IncomingMessage, body: string): Promise<[number, object]> => {
    if (stand.mood === 'down') return [503, { error: 'unavailable' }];
    if (accessToken === null || request.headers['access_token'] !== accessToken)
      return [200, { error: -124, message: 'Access token invalid' }];
    const sent = JSON.parse(body) as {
      phone: string;
      template_id: string;
      template_data: Record<string, string>;
      tracking_id: string;
    };
    const parameters = options.templates[sent.template_id];
    if (!parameters) return [200, { error: -131, message: 'Template not approved' }];
    if (parameters.some((name) => !sent.template_data[name]))
      return [200, { error: -1331, message: 'Parameter missing' }];
    if (!/^84\d{9}$/.test(sent.phone)) return [200, { error: -108, message: 'Phone number invalid' }];
    const known = stand.taken.get(sent.tracking_id);
    if (!known && stand.quota <= 0) return [200, { error: -144, message: 'Out of quota' }];
    if (!known && stand.mood === 'refusing' && random() < 0.05) return [200, { error: -100, message: 'Unknown error' }];
    const id = known?.id ?? `z${(messages += 1)}`;
    if (!known) {
      stand.quota -= 1;
      stand.taken.set(sent.tracking_id, {
        id,
        phone: sent.phone,
        template: sent.template_id,
        data: sent.template_data,
      });
    }
    report(id);
    if (stand.mood === 'disorder') await Promise.all(reports);
    return [
      200,
      {
        error: 0,
        message: 'Success',
        data: { msg_id: id, quota: { dailyQuota: '500', remainingQuota: String(stand.quota) } },
      },
    ];
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const piece of request) body += String(piece);
    if (stand.mood === 'slow') await new Promise((done) => setTimeout(done, options.slowMs ?? 30_000));
    const [status, value] = request.url === '/v4/oa/access_token' ? token(request, body) : await take(request, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stand.url = `${origin}/message/template`;
  stand.tokenUrl = `${origin}/v4/oa/access_token`;
  return stand;
}
