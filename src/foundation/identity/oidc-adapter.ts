import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Reader } from '../../platform/database.ts';
import { findClientMetadata } from './oidc-app-client.ts';
import { consumePayload, deletePayload, findPayload, revokeGrant, upsertPayload } from './oidc-queries.ts';

/**
 * Keeps the provider's state in PostgreSQL, so that every process of the province is the same provider. Clients are applications that
 * agencies registered: a suspended one is unknown at once, everywhere.
 */
export const oidcAdapter =
  (db: Reader) =>
  (kind: string): Adapter => ({
    async upsert(id, payload, expiresInSeconds) {
      // The house's own two clients read the identity token and nothing else: an access token of theirs would open nothing and is not kept.
      if (kind === 'AccessToken' && (payload.clientId === 'portal' || payload.clientId === 'workspace')) return;
      await upsertPayload(db, {
        kind,
        id,
        payload,
        grantId: payload.grantId ?? null,
        userCode: payload.userCode ?? null,
        uid: payload.uid ?? null,
        expiresAt: expiresInSeconds ? new Date(Date.now() + expiresInSeconds * 1000) : null,
      });
    },
    find: async (id) =>
      (kind === 'Client' ? await findClientMetadata(db, id) : await findPayload(db, kind, 'id', id)) as
        | AdapterPayload
        | undefined,
    findByUid: async (uid) => (await findPayload(db, kind, 'uid', uid)) as AdapterPayload | undefined,
    findByUserCode: async (code) => (await findPayload(db, kind, 'userCode', code)) as AdapterPayload | undefined,
    async consume(id) {
      await consumePayload(db, kind, id);
    },
    async destroy(id) {
      await deletePayload(db, kind, id);
    },
    async revokeByGrantId(grantId) {
      await revokeGrant(db, grantId);
    },
  });
