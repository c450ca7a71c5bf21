import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import type { Method } from './assurance.ts';
import { findPasskey, insertFactor, usePasskey, type FactorRow } from './factor-queries.ts';
import { welcomeFactor } from './second-factor.ts';

// Loaded at first use: certificates and CBOR are of no use to a worker or a page.
const library = () => import('@simplewebauthn/server');

/** Passkeys belong to the host name of the public address; the pages of administration may stand on a port of their own. */
const hostOf = (config: Config): string => new URL(config.publicUrl).hostname;
const originsOf = (config: Config): string[] => [
  new URL(config.publicUrl).origin,
  ...(config.admin ? [config.admin.url] : []),
];

const described = (factor: FactorRow) => ({
  id: factor.credentialId ?? '',
  transports: factor.transports as AuthenticatorTransport[],
});
const passkeysOf = (factors: readonly FactorRow[]) => factors.filter((one) => one.kind === 'passkey');

/** What the browser is asked to make a passkey with (WebAuthn 3, 5.4). The user handle is the account's id: it says nothing of the person. */
export async function passkeyCreationOptions(
  config: Config,
  person: { accountId: string; name: string; factors: readonly FactorRow[]; issuer: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: person.issuer,
    rpID: hostOf(config),
    userName: person.name,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(person.accountId.replaceAll('-', ''), 'hex')),
    attestationType: 'none',
    supportedAlgorithmIDs: [-8, -7, -257], // Ed25519, P-256, RSA: what devices have today
    excludeCredentials: passkeysOf(person.factors).map(described),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
}

/** What the browser is asked to sign with. Without factors any passkey of this site may answer (passwordless, conditional UI). */
export async function passkeyRequestOptions(
  config: Config,
  challenge: Buffer | undefined,
  factors: readonly FactorRow[] | null,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: hostOf(config),
    ...(challenge ? { challenge: new Uint8Array(challenge) } : {}),
    ...(factors ? { allowCredentials: passkeysOf(factors).map(described) } : {}),
    userVerification: factors ? 'preferred' : 'required',
  });
}

/** Adds the passkey a browser has made. Recovery codes when it is the first factor, null when there are some, `false` when it proves nothing. */
export async function addPasskey(
  tx: Tx,
  config: Config,
  input: { accountId: string; name: string; challenge: string; response: RegistrationResponseJSON },
): Promise<string[] | null | false> {
  const { verifyRegistrationResponse } = await library();
  const verified = await verifyRegistrationResponse({
    response: input.response,
    expectedChallenge: input.challenge,
    expectedOrigin: originsOf(config),
    expectedRPID: hostOf(config),
    requireUserVerification: false,
  }).catch(() => null);
  const facts = verified?.verified ? verified.registrationInfo : undefined;
  if (!facts || (await findPasskey(tx, facts.credential.id))) return false;
  const factor = { id: newId(), accountId: input.accountId, kind: 'passkey' as const, name: input.name };
  await insertFactor(tx, {
    ...factor,
    credentialId: facts.credential.id,
    publicKey: facts.credential.publicKey,
    counter: facts.credential.counter,
    transports: (facts.credential.transports ?? []).slice(0, 8),
    isSynced: facts.credentialBackedUp,
  });
  return welcomeFactor(tx, config, factor);
}

export interface PasskeyProof {
  accountId: string;
  factorId: string;
  counter: number;
  methods: Method[];
}

/**
 * Checks what a passkey has signed: challenge, origin, site, signature, counter (WebAuthn 3, 7.2). `accountId` null means passwordless: the
 * device must then have checked PIN, finger or face. Null when anything is wrong. Nothing is written: see `notePasskeyUse`.
 */
export async function verifyPasskey(
  reader: Parameters<typeof findPasskey>[0],
  config: Config,
  input: { response: AuthenticationResponseJSON; challenge: string; accountId: string | null },
): Promise<PasskeyProof | null> {
  const { verifyAuthenticationResponse } = await library();
  const factor = await findPasskey(reader, input.response.id);
  if (!factor?.credentialId || !factor.publicKey) return null;
  if (input.accountId !== null && factor.accountId !== input.accountId) return null;
  const verified = await verifyAuthenticationResponse({
    response: input.response,
    expectedChallenge: input.challenge,
    expectedOrigin: originsOf(config),
    expectedRPID: hostOf(config),
    credential: { id: factor.credentialId, publicKey: new Uint8Array(factor.publicKey), counter: factor.counter },
    requireUserVerification: input.accountId === null,
  }).catch(() => null);
  if (!verified?.verified) return null;
  const { newCounter, userVerified } = verified.authenticationInfo;
  const key: Method = factor.isSynced ? 'swk' : 'hwk';
  return {
    accountId: factor.accountId,
    factorId: factor.id,
    counter: newCounter,
    methods: input.accountId !== null || userVerified ? [key, 'mfa'] : [key],
  };
}

/** Moves the passkey's counter on; false when another request with the same signature was faster. */
export const notePasskeyUse = (tx: Tx, proof: PasskeyProof): Promise<boolean> =>
  usePasskey(tx, proof.factorId, proof.counter);
