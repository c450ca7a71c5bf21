import { useLocale } from '../../platform/http/page-context.ts';

/** What somebody wrote, or a name that exists in Vietnamese only: on English pages a screen reader has to know. */
export const TypedText = ({ text }: { text: string }) =>
  useLocale() === 'en' ? <span lang="vi">{text}</span> : <>{text}</>;
