import { defineEvent } from '../../platform/events.ts';

export const keyMade = defineEvent<{ verifierKey: string; reason: string | null }>('ledger.key-made', {
  vi: 'Tạo khóa ký của sổ cái',
  en: 'Key of the ledger made',
});
