import { defineEvent } from '../../platform/events.ts';
import type { DelegationKind, DelegationScope } from './delegation.ts';

/** Ids, scope and dates; nobody's name. */
export interface DelegationFacts {
  giverAccountId: string | null;
  delegateAccountId: string;
  kind: DelegationKind;
  scope: DelegationScope;
  scopeValues: readonly string[];
  rights: readonly string[];
  validFrom: string;
  validTo: string | null;
}
export const delegationProposed = defineEvent<DelegationFacts>('delegations.proposed', {
  vi: 'Đề nghị ủy quyền',
  en: 'Delegation proposed',
});
export const delegationAccepted = defineEvent<DelegationFacts>('delegations.accepted', {
  vi: 'Chấp nhận ủy quyền',
  en: 'Delegation accepted',
});
export const delegationDeclined = defineEvent<DelegationFacts>('delegations.declined', {
  vi: 'Từ chối ủy quyền',
  en: 'Delegation declined',
});
export const delegationConfirmed = defineEvent<DelegationFacts>('delegations.confirmed', {
  vi: 'Xác nhận ủy quyền tại quầy',
  en: 'Delegation confirmed at the counter',
});
export const delegationWithdrawn = defineEvent<DelegationFacts>('delegations.withdrawn', {
  vi: 'Rút ủy quyền',
  en: 'Delegation withdrawn',
});
export const proposalsLapsed = defineEvent<{ count: number }>('delegations.proposals-lapsed', {
  vi: 'Đề nghị ủy quyền quá hạn trả lời',
  en: 'Proposals lapsed',
});
export const operatorNamed = defineEvent<{ isNamed: boolean }>('delegations.operator-named', {
  vi: 'Chỉ định đơn vị bưu chính công ích',
  en: 'Public post named',
});
