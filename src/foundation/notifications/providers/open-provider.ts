import type { ProviderSettings } from '../provider.ts';
import { httpSmsProvider } from './http-sms.ts';
import type { IncomingHandlers, Provider, SendContext } from './provider-contract.ts';
import { smppProvider } from './smpp.ts';
import { smtpProvider } from './smtp.ts';
import { webPushProvider } from './web-push.ts';
import { zaloProvider } from './zalo.ts';

/** Opens a provider; one that keeps a session starts to connect. */
export function openProvider(settings: ProviderSettings, context: SendContext, handlers: IncomingHandlers): Provider {
  switch (settings.kind) {
    case 'smtp':
      return smtpProvider(settings, context.config);
    case 'smpp':
      return smppProvider(settings, handlers);
    case 'http-sms':
      return httpSmsProvider(settings, context.config);
    case 'zalo':
      return zaloProvider(settings, context);
    case 'web-push':
      return webPushProvider(context.config);
  }
}
