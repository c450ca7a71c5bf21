import { findPerson, insertDemoPeople } from '../../foundation/identity/index.ts';
import { demoOfficers, listOfficersByStaffCode, postsOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { systemActor } from '../../platform/transaction.ts';
import { insertBreach } from './breach-queries.ts';
import { dueAfter } from './data-request.ts';
import { insertMerger } from './merger-queries.ts';

/** The unit for which a demo officer works. */
export async function demoUnit(tx: Tx, staffCode: string): Promise<string | null> {
  const [officer] = await listOfficersByStaffCode(tx, [staffCode]);
  return officer ? ((await postsOf(tx, [officer.id], localDate(tx.now)))[0]?.unitId ?? null) : null;
}

/** A breach found last evening that nobody has assessed yet. */
export async function insertBreachExample(tx: Tx, unitId: string | null): Promise<void> {
  const discoveredAt = new Date(tx.now.getTime() - 14 * 3_600_000);
  await insertBreach(tx, {
    id: newId(),
    unitId,
    title: 'Gửi nhầm danh sách người nhận kết quả',
    discoveredAt,
    dueAt: dueAfter(discoveredAt, 72),
    nature: 'Thư điện tử kèm danh sách 12 người nhận kết quả được gửi nhầm cho một hộp thư ngoài cơ quan.',
    place: 'Trung tâm Phục vụ hành chính công cấp xã',
    dataKinds: 'Họ tên, số điện thoại, mã hồ sơ',
    personsCount: 12,
    contact: 'Bộ phận một cửa, 0238 000 0000',
    consequences: 'Người ngoài có thể biết ai đang làm thủ tục và số điện thoại của họ.',
    measures: 'Đã yêu cầu người nhận xóa thư và xác nhận bằng văn bản.',
    recordedBy: systemActor('demo').label,
  });
}

/** A second account that a person opened with a wrong number: a merger that waits for a second official. */
export async function insertMergerExample(tx: Tx, targetId: string, unitId: string | null): Promise<void> {
  const target = await findPerson(tx, targetId);
  const [officer] = await listOfficersByStaffCode(tx, [demoOfficers.head]);
  if (!target || !officer) return;
  const sourceId = newId();
  await insertDemoPeople(tx, [
    {
      id: sourceId,
      name: target.fullName,
      gender: 'male',
      birthDate: target.birthDate,
      identityNumber: `${target.identityNumber.slice(0, 6)}900099`,
      addressLine: 'Số 12, đường Nguyễn Sinh Sắc',
    },
  ]);
  await insertMerger(tx, {
    id: newId(),
    sourceId,
    targetId,
    identityNumber: target.identityNumber,
    proof: 'Căn cước bản chính; giấy xác nhận số định danh của Công an xã',
    proposedById: officer.id,
    proposedBy: officer.fullName,
    unitId,
  });
}
