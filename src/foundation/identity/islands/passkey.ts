/** What the server tells the button: texts are in the page's HTML. */
interface Props {
  kind: 'create' | 'get';
  /** The question, when it needs no session. */
  options?: { publicKey: Record<string, unknown> };
  /** Where to fetch the question in an open session (POST with the form's token). */
  questionPath?: string;
  /** Offers passkeys in the login field's own list (conditional UI). */
  isConditional?: boolean;
}

type Bytes = ArrayBuffer;
const decode = (text: string): Bytes =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0)).buffer;
const encode = (bytes: Bytes): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

/** The question with its binary parts as bytes: what newer browsers have as `parseCreationOptionsFromJSON`. */
function questionOf(json: Record<string, unknown>): never {
  const bytesIn = (list: unknown) =>
    ((list as { id: string }[] | undefined) ?? []).map((one) => ({ ...one, id: decode(one.id) }));
  const user = json['user'] as { id: string } | undefined;
  return {
    ...json,
    challenge: decode(json['challenge'] as string),
    ...(user ? { user: { ...user, id: decode(user.id) } } : {}),
    ...(json['excludeCredentials'] ? { excludeCredentials: bytesIn(json['excludeCredentials']) } : {}),
    ...(json['allowCredentials'] ? { allowCredentials: bytesIn(json['allowCredentials']) } : {}),
  } as never;
}

/** The answer as JSON, with every binary part in base64url. */
function answerOf(credential: PublicKeyCredential): string {
  const response: Record<string, unknown> = {};
  const given = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const)
    if (given[name]) response[name] = encode(given[name]);
  if (given.getTransports) response['transports'] = given.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response,
  });
}

/** Lets a form be answered by a passkey: the button asks the device, the answer goes into the form, the form is sent as any other. */
export default function enhance(element: Element, props: object): void {
  const { kind, options, questionPath, isConditional } = props as Props;
  const form = element.querySelector('form');
  const button = element.querySelector<HTMLButtonElement>('button[data-passkey]');
  const told = element.querySelector<HTMLElement>('[data-told]');
  if (!form || !button || !told) return;
  const tell = (name: string): void => void (told.textContent = told.dataset[name] ?? '');
  if (!window.PublicKeyCredential) return tell('none');
  tell('quiet');
  button.hidden = false;
  let waiting: AbortController | undefined;
  const put = (name: string, value: string): void => {
    const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
    if (field) field.value = value;
  };
  const question = async (): Promise<Record<string, unknown>> => {
    if (!questionPath) return options?.publicKey ?? {};
    const body = new URLSearchParams(new FormData(form) as never);
    const reply = await fetch(questionPath, { method: 'POST', body, headers: { accept: 'application/json' } });
    if (!reply.ok) throw new Error(String(reply.status));
    const asked = (await reply.json()) as { id: string; publicKey: Record<string, unknown> };
    put('challenge', asked.id);
    return asked.publicKey;
  };
  const ask = async (mediation?: 'conditional'): Promise<void> => {
    waiting?.abort();
    waiting = new AbortController();
    const publicKey = questionOf(await question());
    const request = { publicKey, signal: waiting.signal, ...(mediation ? { mediation } : {}) } as never;
    const credential = await (kind === 'create'
      ? navigator.credentials.create(request)
      : navigator.credentials.get(request));
    if (!credential) return;
    put('answer', answerOf(credential as PublicKeyCredential));
    form.submit();
  };
  button.addEventListener('click', (event) => {
    event.preventDefault();
    tell('asking');
    ask().catch((error: DOMException) =>
      tell(error.name === 'InvalidStateError' ? 'known' : error.name === 'NotAllowedError' ? 'stopped' : 'failed'),
    );
  });
  if (isConditional)
    void PublicKeyCredential.isConditionalMediationAvailable?.()
      .then((can) => (can ? ask('conditional') : undefined))
      .catch(() => {});
}
