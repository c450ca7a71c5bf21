import type { Duplex } from 'node:stream';

/** What pages may ask of a device: a camera and a microphone for papers and calls, passkeys; nothing else, and nothing to others in a frame. */
const PERMISSIONS = [
  'camera=(self)',
  'microphone=(self)',
  'publickey-credentials-get=(self)',
  'publickey-credentials-create=(self)',
  ...[
    'accelerometer',
    'autoplay',
    'bluetooth',
    'display-capture',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
    'magnetometer',
    'midi',
    'payment',
    'serial',
    'usb',
  ].map((feature) => `${feature}=()`),
].join(', ');

/** Headers on every answer. Scripts and styles come from our own origin only; nothing may frame us. */
export function securityHeaders(options: {
  https: boolean;
  scriptHashes?: readonly string[];
  /** Origins beside our own at which a form may end. */
  formTargets?: readonly string[];
}): Record<string, string> {
  const scripts = ["'self'", ...(options.scriptHashes ?? []).map((hash) => `'${hash}'`)].join(' ');
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src ${scripts}`,
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      ["form-action 'self'", ...(options.formTargets ?? [])].join(' '),
      "object-src 'none'",
      "worker-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "manifest-src 'self'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': PERMISSIONS,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'x-permitted-cross-domain-policies': 'none',
    ...(options.https ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

/**
 * The same headers where our own pages meet in a frame: `holds-frames` for the page around, `framed` for the page inside. Other origins stay
 * shut out of both.
 */
export function headersForFrames(
  headers: Readonly<Record<string, string>>,
  framing: 'holds-frames' | 'framed',
): Record<string, string> {
  const policy = headers['content-security-policy'] ?? '';
  if (framing === 'holds-frames') return { 'content-security-policy': `${policy}; frame-src 'self'` };
  return {
    'content-security-policy': policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    'x-frame-options': 'SAMEORIGIN',
  };
}

/**
 * What HTTP itself refuses (a head that is too large, a request that is none) never reaches the router: it gets the same headers, no body that
 * repeats what was sent, and the connection ends.
 */
export const refuseMalformed =
  (headers: Readonly<Record<string, string>>) =>
  (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const status = REFUSALS[error.code ?? ''] ?? '400 Bad Request';
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.end([`HTTP/1.1 ${status}`, ...lines, 'content-length: 0', 'connection: close', '', ''].join('\r\n'));
  };

const REFUSALS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
