import { BlockList, isIP } from 'node:net';
import { can, type Actor } from '../../platform/access.ts';
import type { AssuranceDemand, AssuranceLevel } from '../../platform/assurance.ts';
import { identityManage } from './identity-permissions.ts';

/**
 * How a person proved who they are, in the values of RFC 8176: `pwd` password, `otp` a code of an app or a recovery code, `hwk` a
 * passkey bound to one device, `swk` one that is synchronised, `mfa` more than one thing was proven (a passkey with PIN or finger counts);
 * and `national` for the national identity provider.
 */
export type Method = 'pwd' | 'otp' | 'hwk' | 'swk' | 'mfa' | 'national';

/** The level that methods amount to; level 3 comes from the national identity provider only. */
export const levelOfMethods = (methods: readonly string[]): AssuranceLevel =>
  methods.includes('national') ? 3 : methods.includes('mfa') ? 2 : 1;

const ACR = 'urn:sen:assurance:';
/** `acr` of a level (OpenID Connect Core 2), and back; null for values that are not ours. */
export const acrOf = (level: AssuranceLevel): string => `${ACR}${level}`;
export const acrValues: readonly string[] = ([1, 2, 3] as const).map(acrOf);
export function levelOfAcr(acr: unknown): AssuranceLevel | null {
  return ([1, 2, 3] as const).find((level) => acrOf(level) === acr) ?? null;
}

/** What a session has to show. */
export interface Shown {
  level: number;
  provenAt: Date | null;
}

/** Whether what was proven is strong and fresh enough. */
export function satisfies(shown: Shown, demand: AssuranceDemand, now: Date): boolean {
  if (shown.level < demand.level) return false;
  if (demand.freshMinutes === null) return true;
  return shown.provenAt !== null && now.getTime() - shown.provenAt.getTime() <= demand.freshMinutes * 60_000;
}

const lists = new WeakMap<readonly string[], BlockList>();

/** Whether an address lies in one of the networks. No network named: nothing is inside. */
export function isInside(address: string, networks: readonly string[]): boolean {
  let list = lists.get(networks);
  if (!list) {
    list = new BlockList();
    for (const network of networks) {
      const [start = '', bits] = network.split('/');
      const family = isIP(start) === 6 ? 'ipv6' : 'ipv4';
      list.addSubnet(start, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
    }
    lists.set(networks, list);
  }
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

export interface FactorRules {
  secondFactor: 'offered' | 'required';
  provinceNetworks: readonly string[];
}

/**
 * Whether this person, from this address, must have a second factor (TCVN 14423 level 3: all administrators; all access from the
 * Internet). Citizens and businesses never must.
 */
export function mustHaveFactor(actor: Actor, address: string, rules: FactorRules): boolean {
  if (rules.secondFactor !== 'required' || actor.kind !== 'official') return false;
  return can(actor, identityManage) || !isInside(address, rules.provinceNetworks);
}
