import type { AppContext } from '../../platform/module.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { saveContact } from '../notifications/index.ts';
import { demoOfficers, listOfficersByStaffCode } from '../organisations/index.ts';
import {
  findAccountByLogin,
  insertAccount,
  insertBusiness,
  insertLogin,
  insertMember,
  insertNotice,
  insertOfficial,
  insertPerson,
} from './account-queries.ts';
import { countDemoAccounts } from './admin-queries.ts';
import { hashPassword } from './password-hash.ts';
import { NOTICE_VERSION } from './register-account.ts';

/** An account of the demonstration, as the start page and `npx sen demo accounts` list it. */
export interface DemoAccount {
  role:
    | 'citizen'
    | 'father'
    | 'business'
    | 'front desk'
    | 'specialist'
    | 'head'
    | 'leader'
    | 'procedure reviewer'
    | 'unit administrator'
    | 'administrator';
  login: string;
  password: string;
  name: string;
}

const PEOPLE = {
  citizen: {
    identityNumber: '040190000017',
    email: 'minhchau@example.vn',
    phone: '0912000017',
    birthDate: '1990-05-12',
    gender: 'female',
  },
  father: {
    identityNumber: '040060000016',
    email: 'vanhoa@example.vn',
    phone: '0912000016',
    birthDate: '1960-03-04',
    gender: 'male',
  },
} as const;
const CITIZEN = PEOPLE.citizen;
const TAX_CODE = '2900000013';

/** Invented people; the officials work for the first commune's people's committee and for the province. Refused in production. */
export const demoAccounts: readonly DemoAccount[] = [
  { role: 'citizen', login: CITIZEN.identityNumber, password: 'Sen-Demo-Cong-Dan-1', name: 'Nguyễn Thị Minh Châu' },
  { role: 'father', login: PEOPLE.father.identityNumber, password: 'Sen-Demo-Cong-Dan-2', name: 'Nguyễn Văn Hòa' },
  { role: 'business', login: TAX_CODE, password: 'Sen-Demo-Doanh-Nghiep-1', name: 'Công ty TNHH Gốm Sông Lam' },
  { role: 'front desk', login: 'motcua', password: 'Sen-Demo-Mot-Cua-1', name: 'Cán bộ một cửa' },
  { role: 'specialist', login: 'chuyenvien', password: 'Sen-Demo-Chuyen-Vien-1', name: 'Chuyên viên thụ lý' },
  { role: 'head', login: 'truongbophan', password: 'Sen-Demo-Truong-Bo-Phan-1', name: 'Trưởng bộ phận' },
  { role: 'leader', login: 'lanhdao', password: 'Sen-Demo-Lanh-Dao-1', name: 'Lãnh đạo phê duyệt' },
  {
    role: 'procedure reviewer',
    login: 'kiemsoat',
    password: 'Sen-Demo-Kiem-Soat-1',
    name: 'Kiểm soát thủ tục hành chính',
  },
  {
    role: 'unit administrator',
    login: 'quantrixa',
    password: 'Sen-Demo-Quan-Tri-Xa-1',
    name: 'Quản trị của xã, phường',
  },
  { role: 'administrator', login: 'quantri', password: 'Sen-Demo-Quan-Tri-1', name: 'Quản trị hệ thống' },
];

const OFFICER_OF: Partial<Record<DemoAccount['role'], string>> = {
  'front desk': demoOfficers.frontDesk,
  specialist: demoOfficers.specialist,
  head: demoOfficers.head,
  leader: demoOfficers.leader,
  'procedure reviewer': demoOfficers.procedureReviewer,
  'unit administrator': demoOfficers.unitAdministrator,
  administrator: demoOfficers.administrator,
};

async function makePerson(
  tx: Tx,
  account: DemoAccount,
  facts: (typeof PEOPLE)[keyof typeof PEOPLE],
  passwordHash: string,
): Promise<void> {
  const id = newId();
  await insertAccount(tx, { id, kind: 'citizen', name: account.name, passwordHash, isDemo: true });
  await insertPerson(tx, id, {
    identityNumber: facts.identityNumber,
    fullName: account.name,
    birthDate: facts.birthDate,
    gender: facts.gender,
    addressUnitId: null,
    addressLine: 'Số 12, đường Nguyễn Sinh Sắc',
  });
  await insertLogin(tx, id, 'identity-number', facts.identityNumber);
  await insertLogin(tx, id, 'email', facts.email);
  await insertLogin(tx, id, 'phone', facts.phone);
  await saveContact(tx, 'account', id, { channel: 'email', address: facts.email, verifiedAt: tx.now });
  await saveContact(tx, 'account', id, { channel: 'sms', address: facts.phone, verifiedAt: tx.now });
  await insertNotice(tx, id, NOTICE_VERSION);
}

async function makeBusiness(tx: Tx, account: DemoAccount, passwordHash: string): Promise<void> {
  const owner = await findAccountByLogin(tx, CITIZEN.identityNumber);
  const id = newId();
  await insertAccount(tx, { id, kind: 'business', name: account.name, passwordHash, isDemo: true });
  await insertBusiness(tx, id, {
    taxCode: TAX_CODE,
    name: account.name,
    representativeName: owner?.name ?? account.name,
    addressUnitId: null,
    addressLine: 'Cụm công nghiệp Nam Giang',
  });
  await insertLogin(tx, id, 'tax-code', TAX_CODE);
  await insertLogin(tx, id, 'email', 'gomsonglam@example.vn');
  await saveContact(tx, 'account', id, { channel: 'email', address: 'gomsonglam@example.vn', verifiedAt: tx.now });
  if (owner) await insertMember(tx, id, owner.id, 'owner');
  await insertNotice(tx, id, NOTICE_VERSION);
}

async function makeOfficial(tx: Tx, account: DemoAccount, passwordHash: string, log: AppContext['log']): Promise<void> {
  const [officer] = await listOfficersByStaffCode(tx, [OFFICER_OF[account.role] ?? '']);
  if (!officer) {
    log.warn({ role: account.role }, 'no example officer for this demo account');
    return;
  }
  const id = newId();
  await insertAccount(tx, { id, kind: 'official', name: officer.fullName, passwordHash, isDemo: true });
  await insertOfficial(tx, id, officer.id);
  await insertLogin(tx, id, 'user-name', account.login);
}

/** Makes the demo accounts that are not there yet. */
export async function loadDemoAccounts(context: AppContext): Promise<void> {
  for (const account of demoAccounts) {
    if (await findAccountByLogin(context.db.reader, account.login)) continue;
    const hash = await hashPassword(account.password);
    await inTransaction(context.db, { actor: systemActor('demo'), clock: context.clock }, async (tx) => {
      if (account.role === 'citizen' || account.role === 'father')
        await makePerson(tx, account, PEOPLE[account.role], hash);
      else if (account.role === 'business') await makeBusiness(tx, account, hash);
      else await makeOfficial(tx, account, hash, context.log);
    });
  }
}

/** Whether any demo account could sign in here: production refuses to start then. */
export const hasDemoAccounts = async (reader: Reader): Promise<boolean> => (await countDemoAccounts(reader)) > 0;
