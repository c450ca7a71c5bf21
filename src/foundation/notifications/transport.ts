import type { Database } from '../../platform/database.ts';
import { openProvider } from './providers/open-provider.ts';
import type { IncomingPart, IncomingText, Provider, SendContext } from './providers/provider-contract.ts';
import type { ProviderSettings } from './provider.ts';
import { providersOf } from './provider-settings.ts';
import { receivePart } from './join-texts.ts';
import { takeReceipts } from './receive-receipts.ts';
import { receiveText } from './receive-text.ts';
import type { ProviderReceipt } from './send-queries.ts';

/* Providers that are open in this process, per database (a test has several). */

const openOnes = new Map<Database, Map<ProviderSettings, Provider>>();

const handlersOf = (context: SendContext) => ({
  receipt: (receipt: ProviderReceipt) => takeReceipts(context, receipt),
  text: (text: IncomingText) => receiveText(context, text),
  part: (part: IncomingPart) => receivePart(context, part),
});

/** The open provider of these settings; it is opened at first use. */
export function providerFor(context: SendContext, settings: ProviderSettings): Provider {
  let own = openOnes.get(context.db);
  if (!own) openOnes.set(context.db, (own = new Map()));
  let provider = own.get(settings);
  if (!provider) own.set(settings, (provider = openProvider(settings, context, handlersOf(context))));
  return provider;
}

/** Opens what keeps a session (message centres), so that receipts and texts come in although nothing goes out. */
export function keepBound(context: SendContext): void {
  for (const settings of providersOf(context.config)) if (settings.kind === 'smpp') providerFor(context, settings);
}

/** Whether this process holds a bound session with the provider; null: it keeps none, or is not open here. */
export function isBoundHere(db: Database, settings: ProviderSettings): boolean | null {
  return openOnes.get(db)?.get(settings)?.isBound?.() ?? null;
}

/** Closes the connections to providers, for tests and for the end of the program. */
export async function closeTransports(): Promise<void> {
  const providers = [...openOnes.values()].flatMap((own) => [...own.values()]);
  openOnes.clear();
  await Promise.all(providers.map((provider) => provider.close()));
}
