import type { ComponentChildren } from 'preact';
import { renderSubmission, type Books, type FormDefinition, type Values } from '../../../engines/forms/index.ts';
import type { FileRow, ScanMarkKind } from '../../../foundation/files/index.ts';
import type { UnitName } from '../../../foundation/organisations/index.ts';
import { useLocale } from '../../../platform/http/page-context.ts';
import { DescriptionGrid } from '../../../ui/components/description-grid.tsx';
import { DossierTimeline, type TimelineEntry } from '../../../ui/components/dossier-timeline.tsx';
import { freshForm } from '../../../ui/components/form-state.ts';
import { formatDate, formatDateTime, formatPhone } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { ReadingLine } from '../../../foundation/readings/index.ts';
import type { Act, DossierFile, DossierMove, Note, SlipKind } from '../../dossiers/index.ts';
import type { DeskAct } from '../act-forms.ts';
import { pathOfAct } from '../act-paths.ts';
import { deskWords, said, unitText } from './desk-words.ts';
import { DoneMessage } from './done-message.tsx';
import { dossierWords } from './dossier-words.ts';
import { Fees, MessagesSent, Results, Steps, Supplements, type SentMessage } from './dossier-parts.tsx';
import type { OriginWords } from '../../paperstore/index.ts';
import { PaperChecks } from './paper-checks.tsx';
import { DueCell, StateTag } from './worklist-page.tsx';

/** Answers of the e-form: the latest, and those before a supplement when it changed them. */
export interface ShownAnswers {
  definition: FormDefinition;
  values: Values;
  before: Values | null;
  day: string;
  books: Books;
}

export interface DossierPageProps {
  file: DossierFile & { notes: Note[] };
  files: ReadonlyMap<string, FileRow>;
  scanMarks: ReadonlyMap<string, ScanMarkKind | null>;
  /** Where files taken from a person's store came from, by their ids. */
  origins: ReadonlyMap<string, OriginWords>;
  /** How it went from unit to unit when units were reorganised. */
  moves: readonly DossierMove[];
  acts: readonly DeskAct[];
  /** The actor's own last act, when it may still be taken back. */
  undo: Act | null;
  names: ReadonlyMap<string, UnitName>;
  assigneeName: string | null;
  answers: ShownAnswers | null;
  accesses: readonly ReadingLine[];
  messages: readonly SentMessage[];
  slips: readonly SlipKind[];
  now: Date;
  isIdentityShown: boolean;
  note: { text: string; error: string | null };
  done: string | null;
  hasMoved: boolean;
  mayCheck: boolean;
}

/** Acts in the order in which work goes; the first one possible is the main button. */
const order: readonly DeskAct[] = [
  'receive',
  'answerSupplement',
  'recordFee',
  'approve',
  'startStep',
  'finishStep',
  'complete',
  'returnResult',
  'requestSupplement',
  'assign',
  'requestFee',
  'sendBack',
  'extend',
  'refuse',
  'withdraw',
  'stop',
];

/** The main act on top, the others as a list; starting a step and taking back need no page of their own. */
function Acts(props: DossierPageProps) {
  const own = dossierWords.use();
  const shared = deskWords.use();
  const { file } = props;
  const acts = order.filter((act) => props.acts.includes(act));
  const [main, ...others] = acts;
  const version = <input type="hidden" name="version" value={file.version} />;
  return (
    <section class="sen-next" aria-labelledby="viec">
      <h2 class="govuk-heading-s" id="viec">
        {own.next}
      </h2>
      {!main && <p class="govuk-body">{own.nothing}</p>}
      {main === 'startStep' ? (
        <Form action={pathOfAct('startStep')({ id: file.id })}>
          {version}
          <Button text={shared.buttons.startStep} preventDoubleClick />
        </Form>
      ) : (
        main && <Button href={pathOfAct(main)({ id: file.id })} text={shared.acts[main]} />
      )}
      {others.length > 0 && (
        <ul class="sen-next__list">
          {others.map((act) => (
            <li>
              <Link to={pathOfAct(act)({ id: file.id })}>{shared.acts[act]}</Link>
            </li>
          ))}
        </ul>
      )}
      {props.undo && (
        <Form action={paths.dossierUndo({ id: file.id })} class="sen-next__undo">
          {version}
          <button type="submit" class="sen-textbutton">
            {own.undo(shared.acts[props.undo])}
          </button>
          <span class="sen-under">{own.undoHint}</span>
        </Form>
      )}
      {props.slips.length > 0 && (
        <>
          <h2 class="govuk-heading-s sen-next__heading">{own.print}</h2>
          <ul class="sen-next__list">
            {props.slips.map((slip) => (
              <li>
                <Link
                  to={paths.dossierSlip({ id: file.id, slip })}
                  attributes={{ target: '_blank', 'data-turbo': 'false' }}
                >
                  {own.slips[slip]} (PDF)
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Summary(props: DossierPageProps) {
  const own = dossierWords.use();
  const shared = deskWords.use();
  const locale = useLocale();
  const { file, names, now } = props;
  const step = file.currentStep === null ? undefined : file.steps.find((each) => each.position === file.currentStep);
  const at = (value: Date | null): string => (value ? formatDateTime(value, locale) : '–');
  const items: { term: string; value: ComponentChildren; isStrong?: boolean }[] = [
    {
      term: own.appointment,
      isStrong: true,
      value: (
        <>
          {file.dueAt ? at(file.dueAt) : '–'} <DueCell row={file} now={now} />
          {file.firstDueAt && file.dueAt && file.firstDueAt.getTime() !== file.dueAt.getTime() && (
            <span class="sen-under">{`${own.first}: ${at(file.firstDueAt)}`}</span>
          )}
        </>
      ),
    },
    {
      term: own.step,
      value: step ? (
        <>
          {locale === 'vi' ? step.nameVi : step.nameEn}
          <span class="sen-under">
            {own.stepOf(step.position + 1, file.steps.length)}
            {step.dueAt && ` · ${own.stepDue}: ${at(step.dueAt)}`}
          </span>
        </>
      ) : (
        shared.states[file.state]
      ),
    },
    {
      term: own.handler,
      value: (
        <>
          {props.assigneeName ?? own.unassigned}
          <span class="sen-under">{unitText(names, file.handlingUnitId, locale)}</span>
        </>
      ),
    },
    { term: own.submittedAt, value: `${at(file.submittedAt)} · ${shared.channels[file.channel]}` },
    { term: own.receivedAt, value: file.receivedAt ? at(file.receivedAt) : own.notYet },
    { term: own.delivery, value: shared.channels[file.delivery] },
    { term: own.receiving, value: unitText(names, file.receivingUnitId, locale) },
    { term: own.competent, value: unitText(names, file.competentUnitId, locale) },
  ];
  if (file.applicant.supportUnitId)
    items.push({ term: own.support, value: unitText(names, file.applicant.supportUnitId, locale) });
  return <DescriptionGrid items={items} class="sen-facts--dense" />;
}

function Applicant(props: DossierPageProps) {
  const own = dossierWords.use();
  const { file, isIdentityShown } = props;
  const who = file.applicant;
  const rows: [string, ComponentChildren][] = [
    [own.name, file.applicantName],
    [own.identity, <span class="sen-code">{(isIdentityShown ? who.identity : who.identityMasked) ?? '–'}</span>],
    [own.phone, who.phone ? formatPhone(who.phone) : null],
    [own.email, who.email],
    [own.address, who.address],
    [own.submitter, who.submitterName],
    [own.deliveryAddress, who.deliveryAddress],
  ];
  return (
    <section aria-labelledby="nguoi-nop">
      <h2 class="govuk-heading-m" id="nguoi-nop">
        {own.applicant}
      </h2>
      <DescriptionGrid
        class="sen-facts--dense"
        items={rows.filter(([, value]) => value !== null).map(([term, value]) => ({ term, value }))}
      />
      {!isIdentityShown && who.identity !== null && (
        <Details summaryText={own.show}>
          <Form
            action={paths.dossierIdentity({ id: file.id })}
            class="sen-inline"
            attributes={{ 'data-turbo': 'false' }}
          >
            <Input
              name="purpose"
              id="purpose"
              label={{ text: own.showWhy }}
              hint={{ text: own.showHint }}
              classes="govuk-input--width-20"
            />
            <Button text={own.showButton} classes="govuk-button--secondary" />
          </Form>
        </Details>
      )}
    </section>
  );
}

function Papers(props: DossierPageProps) {
  const own = dossierWords.use();
  const isOpen = props.mayCheck && [1, 2, 4, 5].includes(props.file.state);
  const checks = (
    <PaperChecks
      file={props.file}
      form={freshForm()}
      marks={props.scanMarks}
      origins={props.origins}
      isCaptionHidden
      isReadOnly={!isOpen}
    />
  );
  return (
    <section aria-labelledby="giay-to">
      <h2 class="govuk-heading-m" id="giay-to">
        {own.papers}
      </h2>
      {isOpen && props.file.papers.length > 0 ? (
        <Form action={paths.dossierPapers({ id: props.file.id })}>
          {checks}
          <Button text={own.saveChecks} classes="govuk-button--secondary" />
        </Form>
      ) : (
        checks
      )}
    </section>
  );
}

function Answers(props: DossierPageProps) {
  const own = dossierWords.use();
  const locale = useLocale();
  const { answers } = props;
  if (!answers) return null;
  return (
    <section aria-labelledby="to-khai">
      <h2 class="govuk-heading-m" id="to-khai">
        {own.answers}
      </h2>
      {answers.before && <p class="govuk-body">{own.answersChanged}</p>}
      {renderSubmission({
        definition: answers.definition,
        values: answers.values,
        before: answers.before ?? undefined,
        locale,
        surroundings: { today: answers.day },
        books: answers.books,
        filePath: (fileId) => paths.dossierFile({ id: props.file.id, fileId }),
        masked: !props.isIdentityShown,
        headingLevel: 3,
      })}
    </section>
  );
}

function History(props: DossierPageProps) {
  const own = dossierWords.use();
  const shared = deskWords.use();
  const locale = useLocale();
  const { file } = props;
  const nameOf = (unitId: string | null) => {
    const name = unitId === null ? undefined : props.names.get(unitId);
    return (locale === 'en' && name?.nameEn) || (name?.nameVi ?? '–');
  };
  const moves = props.moves.map((move): TimelineEntry => ({
    title: own.movedWithUnit,
    at: move.at,
    text: `${nameOf(move.handlingFrom)} → ${nameOf(move.handlingTo)}`,
    state: 'done',
  }));
  const acts: TimelineEntry[] = [
    ...file.history.toReversed().map((entry, at) => ({
      title: shared.acts[entry.name] + (entry.takenBackAt ? ` (${own.takenBack})` : ''),
      at: entry.at,
      by: entry.actorLabel,
      text: entry.remark,
      state: at === 0 && file.finishedAt === null ? ('current' as const) : ('done' as const),
    })),
    {
      title: own.submitted,
      at: file.submittedAt,
      by: file.applicant.submitterName ?? file.applicantName,
      text: null,
      state: 'done',
    },
  ];
  // Newest first; what has no instant stays where it stands.
  const entries = [...acts, ...moves].toSorted((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
  return (
    <section aria-labelledby="qua-trinh">
      <h2 class="govuk-heading-s" id="qua-trinh">
        {own.history}
      </h2>
      <DossierTimeline entries={entries} label={own.history} />
    </section>
  );
}

function Notes(props: DossierPageProps) {
  const own = dossierWords.use();
  const locale = useLocale();
  return (
    <section aria-labelledby="ghi-chu">
      <h2 class="govuk-heading-m" id="ghi-chu">
        {own.notes}
      </h2>
      {props.file.notes.map((note) => (
        <blockquote class="sen-note">
          <p class="govuk-body">{note.text}</p>
          <footer class="sen-under">{`${note.authorLabel} · ${formatDateTime(note.at, locale)}`}</footer>
        </blockquote>
      ))}
      <Form action={paths.dossierNotes({ id: props.file.id })}>
        <Textarea
          name="text"
          id="text"
          value={props.note.text}
          label={{ text: own.addNote }}
          hint={{ text: own.notesHint }}
          rows={2}
          errorMessage={props.note.error === null ? undefined : { text: props.note.error }}
        />
        <Button text={own.addNote} classes="govuk-button--secondary" preventDoubleClick />
      </Form>
    </section>
  );
}

function Ledger(props: DossierPageProps) {
  const own = dossierWords.use();
  const locale = useLocale();
  const { file } = props;
  return (
    <>
      {file.clock.length > 0 && (
        <Details summaryText={own.clock}>
          <ul class="govuk-list">
            {file.clock.map((entry) => (
              <li>
                {`${formatDateTime(entry.at, locale)}: ${own.clockKinds[entry.kind]}`}
                {entry.reason && ` (${own.clockReasons[entry.reason]})`}
                {entry.until && ` → ${formatDateTime(entry.until, locale)}`}
              </li>
            ))}
          </ul>
        </Details>
      )}
      <Details summaryText={`${own.accesses} (${props.accesses.length})`}>
        <ul class="govuk-list">
          {props.accesses.map((each) => (
            <li>
              {`${formatDateTime(each.at, locale)} · ${each.readerLabel}`}
              <span class="sen-under">
                {`${unitText(props.names, each.unitId, locale)} · `}
                <span lang={locale === 'en' ? 'vi' : undefined}>{each.purpose}</span>
              </span>
            </li>
          ))}
        </ul>
      </Details>
    </>
  );
}

/** One dossier on one page: what it is, what may be done next, papers, answers, course. */
export function DossierPage(props: DossierPageProps) {
  const own = dossierWords.use();
  const locale = useLocale();
  const { file } = props;
  return (
    <WorkspaceLayout
      title={`${file.code ?? own.noCode} – ${file.applicantName}`}
      heading={file.code ?? own.newOf(file.applicantName)}
      caption={said(file.terms.procedureName, locale)}
      backPath={paths.worklist()}
      hasErrors={props.note.error !== null}
      actions={<StateTag state={file.state} />}
    >
      {props.done && (
        <DoneMessage slug={props.done}>
          {props.done === 'receive' && (
            <Link
              to={paths.dossierSlip({ id: file.id, slip: 'receipt' })}
              attributes={{ target: '_blank', 'data-turbo': 'false' }}
            >
              {own.slips.receipt} (PDF)
            </Link>
          )}
        </DoneMessage>
      )}
      {props.hasMoved && (
        <div class="sen-message sen-message--warning" role="status">
          <p class="sen-message__text">{own.moved}</p>
        </div>
      )}
      <div class="sen-case">
        <div class="sen-case__side">
          <Acts {...props} />
          <History {...props} />
          <Ledger {...props} />
          <MessagesSent messages={props.messages} />
        </div>
        <div class="sen-case__main">
          <Summary {...props} />
          <Applicant {...props} />
          <Supplements file={file} />
          <Papers {...props} />
          <Fees file={file} />
          <Results file={file} />
          <Steps file={file} names={props.names} />
          <Answers {...props} />
          <Notes {...props} />
        </div>
      </div>
      <p class="sen-printed">{formatDate(props.now)}</p>
    </WorkspaceLayout>
  );
}
