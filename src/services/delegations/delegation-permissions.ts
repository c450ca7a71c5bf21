import { definePermission } from '../../platform/access.ts';

/** Sees delegations that wait, confirms one at the counter after looking at the papers, and ends one for a person who comes. */
export const mayConfirmDelegations = definePermission(
  'delegations.confirm',
  {
    vi: 'Xác nhận ủy quyền tại quầy',
    en: 'Confirm delegations at the counter',
  },
  'counter',
);
/** Names the organisations of the public post. */
export const mayNameOperators = definePermission(
  'delegations.name-operators',
  {
    vi: 'Chỉ định đơn vị bưu chính công ích',
    en: 'Name the public post',
  },
  'province',
);
