import type { Outcome, ProviderSettings } from '../provider.ts';
import { concatenationHeader, internationalNumber, planSms, readSms } from '../sms-text.ts';
import { MAX_PART_BYTES, readHeader, readSar } from '../sms-parts.ts';
import type { IncomingHandlers, Outgoing, Provider } from './provider-contract.ts';
import { openSmpp, type SmppClient, type SubmitAnswer } from './smpp-client.ts';
import { receiptOf, statuses, type Delivered } from './smpp-codec.ts';

const ESM_RECEIPT = 0x3c;
const ESM_HEADER = 0x40;
const DATA_CODING = { 'gsm-7': 0, 'ucs-2': 8 } as const;

/** A message centre over SMPP 3.4: `smpp://host:2775`, or `smpps://` over TLS. The sender is the brandname of the contract. */
export function smppProvider(settings: ProviderSettings, handlers: IncomingHandlers): Provider {
  const url = new URL(settings.url);
  const client = openSmpp({
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: Number(url.port || 2775),
    isSecure: url.protocol === 'smpps:',
    systemId: settings.user,
    password: settings.secret,
    window: settings.window,
    perSecond: settings.perSecond,
    enquireSeconds: settings.enquireSeconds,
    answerSeconds: settings.answerSeconds,
    onDelivered: (delivered) => take(settings.key, handlers, delivered),
  });
  return {
    send: (message) => submitText(client, settings, message),
    isBound: () => client.isBound(),
    close: () => client.close(),
  };
}

/** Every part is submitted in its turn; all belong to one message by the reference in their headers. */
async function submitText(client: SmppClient, settings: ProviderSettings, message: Outgoing): Promise<Outcome> {
  const destination = internationalNumber(message.address);
  if (destination === null) return { kind: 'refused', reason: 'not a mobile number of Viet Nam' };
  const { parts, alphabet } = planSms(message.body);
  const reference = Number.parseInt(message.id.slice(-2), 16);
  const answers = await Promise.all(
    parts.map((part, index) =>
      client.submit({
        source: settings.sender,
        destination,
        esmClass: parts.length > 1 ? ESM_HEADER : 0,
        dataCoding: DATA_CODING[alphabet],
        registeredDelivery: 1,
        message:
          parts.length > 1 ? Buffer.concat([concatenationHeader(reference, parts.length, index + 1), part]) : part,
      }),
    ),
  );
  const bad = answers.find((answer) => answer.kind !== 'taken');
  if (bad) return outcomeOf(bad);
  return {
    kind: 'sent',
    references: answers.map((answer) => (answer.kind === 'taken' ? answer.reference : '')),
    parts: parts.length,
  };
}

/** What a refusal means: the number's fault, a centre that is too busy, or a centre that does not work. */
function outcomeOf(answer: SubmitAnswer): Outcome {
  if (answer.kind !== 'status')
    return { kind: 'failed', reason: answer.kind === 'taken' ? '' : answer.reason, isFault: true };
  const { status } = answer;
  const reason = `the message centre answers with status 0x${status.toString(16).padStart(8, '0')}`;
  if (status === statuses.invalidDestination) return { kind: 'refused', reason };
  return { kind: 'failed', reason, isFault: status !== statuses.throttled && status !== statuses.queueFull };
}

/** A receipt goes to its message, a text to whoever answers it. */
async function take(provider: string, handlers: IncomingHandlers, delivered: Delivered): Promise<void> {
  if ((delivered.esmClass & ESM_RECEIPT) !== 0) {
    const receipt = receiptOf(delivered);
    if (receipt) await handlers.receipt({ provider, ...receipt });
    return;
  }
  const hasHeader = (delivered.esmClass & ESM_HEADER) !== 0;
  const { place, body } = hasHeader
    ? readHeader(delivered.message)
    : { place: readSar(delivered.parameters), body: delivered.message };
  const { dataCoding, source: sender, destination: recipient } = delivered;
  const reference = delivered.parameters.get(0x001e)?.toString('latin1').replace(/\0$/, '') ?? null;
  if (place && body.length <= MAX_PART_BYTES)
    // A view into the connection's buffer: the part is kept longer than that.
    await handlers.part({ provider, reference, sender, recipient, place, dataCoding, body: Buffer.from(body) });
  else await handlers.text({ provider, reference, sender, body: readSms(body, dataCoding) });
}
