import { defineEvent } from '../../platform/events.ts';

export const phraseSaved = defineEvent<{ purpose: string; title: string }>('frontdesk.phrase-saved', {
  vi: 'Lưu mẫu câu',
  en: 'Phrase saved',
});
export const phraseDeleted = defineEvent<{ title: string }>('frontdesk.phrase-deleted', {
  vi: 'Xóa mẫu câu',
  en: 'Phrase deleted',
});
export const identityShown = defineEvent<{ purpose: string }>('frontdesk.identity-shown', {
  vi: 'Xem đầy đủ số định danh của người nộp',
  en: 'Identity number of an applicant shown in full',
});
export const personLookedUp = defineEvent<{ numberEnd: string }>('frontdesk.person-looked-up', {
  vi: 'Tra cứu người nộp theo số định danh tại quầy',
  en: 'Applicant looked up by number at the counter',
});
