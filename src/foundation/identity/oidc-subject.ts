import type { Config } from '../../platform/config.ts';
import { derive } from '../../platform/seal.ts';
import { sectorOf, type RelyingApp } from './relying-app.ts';

/** A person's identifier for one sector (OpenID Connect Core 8.1): the same each time, and of no use to compare with another's. */
export const pairwiseSubject = (config: Pick<Config, 'secret'>, sector: string, accountId: string): string =>
  derive(config.secret, 'oidc-pairwise', `${sector}\n${accountId}`).toString('base64url');

/** How an application knows an account: by its id, or by an identifier of the application's own. */
export function subjectOf(
  config: Pick<Config, 'secret'>,
  app: Pick<RelyingApp, 'isPairwise' | 'redirectUris'>,
  accountId: string,
): string {
  const sector = app.isPairwise ? sectorOf(app.redirectUris) : null;
  return sector === null ? accountId : pairwiseSubject(config, sector, accountId);
}
