import { TypedText } from '../../../ui/components/typed-text.tsx';
import { useLocale } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import { undoDays, type PaperKind, type StoredPaper } from '../stored-paper.ts';
import { storeWords } from './store-words.ts';

/** Papers that can still be had back. */
export function DeletedPage(props: {
  papers: readonly StoredPaper[];
  kinds: readonly PaperKind[];
  done: string | null;
  mayChange: boolean;
}) {
  const own = storeWords.use();
  const locale = useLocale();
  const nameOf = (key: string) => props.kinds.find((kind) => kind.key === key)?.name[locale] ?? '';
  const act = (id: string, name: string, text: string, paper: string) => (
    <Form action={paths.storedPaperAct({ id, act: name })}>
      <button type="submit" class="sen-link-button">
        {text}
        <span class="govuk-visually-hidden">
          {' '}
          <TypedText text={paper} />
        </span>
      </button>
    </Form>
  );
  return (
    <PublicLayout title={own.deletedTitle} width="narrow" noIndex backPath={paths.storedPapers()} backText={own.back}>
      {props.done && <NotificationBanner type="success" text={props.done} />}
      <h1 class="govuk-heading-l">{own.deletedTitle}</h1>
      {props.papers.length === 0 ? (
        <EmptyState heading={own.deletedNone} text={own.deletedNoneText} />
      ) : (
        <>
          <p class="govuk-body">{own.deletedLead}</p>
          <ul class="sen-rows">
            {props.papers.map((paper) => {
              const at = paper.deletedAt ?? paper.changedAt;
              const until = new Date(at.getTime() + undoDays * 86_400_000);
              return (
                <li class="sen-row-card">
                  <div class="sen-row-card__body">
                    <h2 class="sen-row-card__title">
                      <TypedText text={paper.name} />
                    </h2>
                    <p class="sen-row-card__meta">
                      {nameOf(paper.kind)}
                      {paper.replacedBy && ` · ${own.replaced}`}
                      <br />
                      {own.deletedOn(formatDate(at), formatDate(until))}
                    </p>
                  </div>
                  {props.mayChange && (
                    <div class="sen-row-card__actions">
                      {act(paper.id, 'khoi-phuc', own.restore, paper.name)}
                      {act(paper.id, 'xoa-han', own.erase, paper.name)}
                    </div>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </PublicLayout>
  );
}
