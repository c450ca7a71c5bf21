import type { AppContext } from '../../../platform/module.ts';
import type { PushSubscriptionRow } from '../addressee-queries.ts';
import type { PartPlace } from '../sms-parts.ts';
import type { Outcome } from '../provider.ts';
import type { DueMessage, ProviderReceipt } from '../send-queries.ts';

/** What the sending of messages needs of the program. */
export type SendContext = Pick<AppContext, 'config' | 'db' | 'clock' | 'log'>;

/** A message as a provider gets it, with the browser's keys for a push. */
export interface Outgoing extends DueMessage {
  push?: PushSubscriptionRow | undefined;
}

/** A provider that is open in this process. */
export interface Provider {
  send(message: Outgoing): Promise<Outcome>;
  /** Absent: it keeps no connection. */
  isBound?(): boolean;
  close(): Promise<void>;
}

export interface IncomingText {
  provider: string;
  /** The provider's id; null: told apart by sender, text and minute. */
  reference: string | null;
  sender: string;
  body: string;
}

/** One part of a long text. */
export interface IncomingPart {
  provider: string;
  reference: string | null;
  sender: string;
  /** The number it was sent to: references are a telephone's own for each number. */
  recipient: string;
  place: PartPlace;
  dataCoding: number;
  body: Buffer;
}

/** Who takes what comes back over a provider's own connection; what resolves is kept, what throws is sent again by the provider. */
export interface IncomingHandlers {
  receipt(receipt: ProviderReceipt): Promise<void>;
  text(text: IncomingText): Promise<void>;
  part(part: IncomingPart): Promise<void>;
}
