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
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "manifest-src 'self'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(), microphone=(self), payment=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(options.https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
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
