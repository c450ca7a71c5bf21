import type { HoldSubject, RetentionClass } from '../../foundation/files/index.ts';
import { states, type State } from './dossier.ts';
import { findHeldDossier, listEndedDossiers, listNamedElsewhere, listStillEnded } from './retention-queries.ts';

const dossierClass = (
  key: string,
  state: State,
  name: RetentionClass['name'],
  countedFrom: RetentionClass['countedFrom'],
): RetentionClass => ({
  key,
  ownerKind: 'dossier',
  name,
  countedFrom,
  async listEnded(reader, { before, after, limit }) {
    const owners = await listEndedDossiers(reader, state, before, after, limit);
    return { owners, next: owners.length < limit ? null : owners.at(-1)!.id };
  },
  stillEnded: (reader, ids, before) => listStillEnded(reader, state, ids, before),
});

/** What the files of dossiers are kept by: how the dossier ended, and when. */
export const dossierClasses: readonly RetentionClass[] = [
  {
    ...dossierClass(
      'dossier-returned',
      states.returned,
      { vi: 'Hồ sơ đã trả kết quả', en: 'Dossiers whose result was handed over' },
      { vi: 'ngày trả kết quả', en: 'the day the result was handed over' },
    ),
    namedElsewhere: listNamedElsewhere,
  },
  dossierClass(
    'dossier-refused',
    states.refused,
    { vi: 'Hồ sơ bị từ chối tiếp nhận', en: 'Dossiers that were refused' },
    { vi: 'ngày từ chối', en: 'the day of the refusal' },
  ),
  dossierClass(
    'dossier-withdrawn',
    states.withdrawn,
    { vi: 'Hồ sơ người nộp đã rút', en: 'Dossiers that were withdrawn' },
    { vi: 'ngày rút hồ sơ', en: 'the day of the withdrawal' },
  ),
  dossierClass(
    'dossier-stopped',
    states.stopped,
    { vi: 'Hồ sơ dừng xử lý', en: 'Dossiers that were stopped' },
    { vi: 'ngày dừng xử lý', en: 'the day it was stopped' },
  ),
];

/** A hold is put on a dossier by its code or its tracking number. */
export const dossierHoldSubject: HoldSubject = {
  ownerKind: 'dossier',
  find: async (reader, typed) => (await findHeldDossier(reader, typed)) ?? null,
};
