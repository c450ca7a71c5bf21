import { TypedText } from '../../../ui/components/typed-text.tsx';
import { useLocale } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import type { Consent } from '../use-queries.ts';
import { storeWords } from './store-words.ts';

type CodeState = 'open' | 'used' | 'over' | 'withdrawn';
const stateOf = (consent: Consent, now: Date): CodeState =>
  consent.usedAt ? 'used' : consent.withdrawnAt ? 'withdrawn' : consent.expiresAt <= now ? 'over' : 'open';
const COLOURS: Record<CodeState, string> = { open: 'blue', used: 'green', over: 'grey', withdrawn: 'grey' };

/** Codes given to officials; a new one is shown once, large enough to be read out. */
export function CodesPage(props: {
  consents: readonly Consent[];
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  fresh: { code: string; count: number; minutes: number } | null;
  done: string | null;
  now: Date;
}) {
  const own = storeWords.use();
  const locale = useLocale();
  const { fresh } = props;
  return (
    <PublicLayout title={own.codesTitle} width="narrow" noIndex backPath={paths.storedPapers()} backText={own.back}>
      {props.done && <NotificationBanner type="success" text={props.done} />}
      <h1 class="govuk-heading-l">{own.codesTitle}</h1>
      {fresh && (
        <div class="govuk-panel govuk-panel--confirmation sen-code-panel">
          <h2 class="govuk-panel__title">{own.codeIs}</h2>
          <p class="govuk-panel__body sen-code">{`${fresh.code.slice(0, 4)} ${fresh.code.slice(4)}`}</p>
          <p class="sen-code-panel__text">{own.codeText(fresh.minutes, fresh.count)}</p>
        </div>
      )}
      <p class="govuk-body">{own.codesLead}</p>
      {props.consents.length === 0 ? (
        <EmptyState heading={own.codesNone} text={own.codesNoneText} />
      ) : (
        <ul class="sen-rows">
          {props.consents.map((consent) => {
            const state = stateOf(consent, props.now);
            const unit = props.unitNames.get(consent.unitId ?? '');
            const who = [consent.officerLabel, locale === 'en' ? unit?.nameEn : unit?.nameVi]
              .filter(Boolean)
              .join(', ');
            return (
              <li class="sen-row-card">
                <div class="sen-row-card__body">
                  <h2 class="sen-row-card__title">{own.codeFor(consent.paperIds.length)}</h2>
                  <p class="sen-row-card__meta">
                    {own.made(formatDateTime(consent.madeAt, locale))}
                    {consent.usedAt && (
                      <>
                        <br />
                        {own.codeUsed(formatDateTime(consent.usedAt, locale))} <TypedText text={who} />
                      </>
                    )}
                  </p>
                </div>
                <div class="sen-row-card__actions">
                  <Tag text={own.codeStates[state]} classes={`govuk-tag--${COLOURS[state]}`} />
                  {state === 'open' && (
                    <Form action={paths.storeCodeEnd({ codeId: consent.id })}>
                      <button type="submit" class="sen-link-button">
                        {own.codeEnd}
                      </button>
                    </Form>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </PublicLayout>
  );
}
