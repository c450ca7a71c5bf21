/* What a provider of a channel is: its settings, its answers and its health. Pure: no clock, no database. */

/** Channels that leave the house, besides the app's own (`in-app`) and paper. */
export const paidChannels = ['sms', 'chat'] as const;
export const sendingChannels = ['email', 'sms', 'push', 'chat'] as const;
export type SendingChannel = (typeof sendingChannels)[number];
export const isSendingChannel = (text: unknown): text is SendingChannel =>
  (sendingChannels as readonly unknown[]).includes(text);

export const providerKinds = ['smtp', 'smpp', 'http-sms', 'zalo', 'web-push'] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** One provider as the operator set it up. Secrets are in here, so it is never written to the database or to a log. */
export interface ProviderSettings {
  key: string;
  channel: SendingChannel;
  kind: ProviderKind;
  /** `smtp://`, `smpp://host:2775`, `smpps://`, `https://…`. */
  url: string;
  /** Brandname, number, or address that messages come from. */
  sender: string;
  user: string;
  secret: string;
  /** Share of the messages among providers that work; 0 keeps it as a reserve. */
  weight: number;
  window: number;
  perSecond: number;
  /** đồng for one part of a text message, or one message. */
  costDong: number;
  enquireSeconds: number;
  answerSeconds: number;
  /** Receipts slower than this make the provider a reserve for a while; 0: it sends none. */
  slowSeconds: number;
  /** What a kind needs besides: the Zalo application, where its tokens are fetched. */
  options: Readonly<Record<string, string>>;
}

/** What became of one attempt. `failed`: worth another try; `isFault`: the provider's own fault, so that another provider is tried at once. */
export type Outcome =
  | { kind: 'sent'; references: readonly string[]; parts: number; reference?: string | null }
  | { kind: 'refused'; reason: string }
  | { kind: 'gone'; reason: string }
  | { kind: 'failed'; reason: string; isFault: boolean };

export interface ProviderHealth {
  isEnabled: boolean;
  /** Null: as the operator's file says. */
  weight: number | null;
  failures: number;
  openUntil: Date | null;
  slowUntil: Date | null;
}
export const freshHealth: ProviderHealth = {
  isEnabled: true,
  weight: null,
  failures: 0,
  openUntil: null,
  slowUntil: null,
};

/** A provider is left alone after so many failures in a row … */
export const FAILURES_TO_OPEN = 3;
/** … for half a minute first, at most ten, until one message tries it again. */
export const REST_SECONDS = [30, 60, 120, 300, 600];

export type ProviderState = 'working' | 'trying' | 'slow' | 'resting' | 'off';

/** `resting`: failing and left alone; `trying`: its rest is over, one message tries it; `slow`: receipts are late. */
export function providerState(health: ProviderHealth, now: Date): ProviderState {
  if (!health.isEnabled) return 'off';
  if (health.openUntil && health.openUntil > now) return 'resting';
  if (health.failures >= FAILURES_TO_OPEN) return 'trying';
  return health.slowUntil && health.slowUntil > now ? 'slow' : 'working';
}

export interface Candidate {
  settings: ProviderSettings;
  health: ProviderHealth;
}

/**
 * The order in which providers are tried for one message: those that work by weight (`chance` in [0, 1) decides, the same for the same
 * message), then reserves of weight 0, then slow ones. One that is resting or off is left out; one whose rest is over comes first
 * when `mayTry`, so that it finds its way back, and is left out otherwise.
 */
export function orderProviders(
  candidates: readonly Candidate[],
  now: Date,
  chance: number,
  mayTry: (key: string) => boolean,
): ProviderSettings[] {
  const by = (state: ProviderState) => candidates.filter((each) => providerState(each.health, now) === state);
  const weightOf = ({ settings, health }: Candidate) => health.weight ?? settings.weight;
  const trying = by('trying').filter(({ settings }) => mayTry(settings.key));
  const working = by('working');
  const weighted = drawByWeight(
    working.filter((each) => weightOf(each) > 0),
    weightOf,
    chance,
  );
  const reserves = working.filter((each) => weightOf(each) <= 0);
  return [...trying, ...weighted, ...reserves, ...by('slow')].map(({ settings }) => settings);
}

function drawByWeight<T>(items: readonly T[], weightOf: (item: T) => number, chance: number): T[] {
  const left = [...items];
  const drawn: T[] = [];
  let at = chance;
  while (left.length > 0) {
    const total = left.reduce((sum, item) => sum + weightOf(item), 0);
    let point = at * total;
    let index = left.findIndex((item) => (point -= weightOf(item)) < 0);
    if (index < 0) index = left.length - 1;
    drawn.push(...left.splice(index, 1));
    at = (at * 7 + 0.13) % 1;
  }
  return drawn;
}

/** A number in [0, 1) from an id: the same at every try. */
export const chanceOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(-8), 16) / 0x1_0000_0000;
