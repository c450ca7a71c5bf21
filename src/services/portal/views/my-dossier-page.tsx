import { ScanMark, type ScanMarkKind } from '../../../foundation/files/index.ts';
import type { VNode } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import { DeadlineTag } from '../../../ui/components/deadline-tag.tsx';
import { DescriptionGrid } from '../../../ui/components/description-grid.tsx';
import { DossierTimeline, type TimelineEntry } from '../../../ui/components/dossier-timeline.tsx';
import { FileList } from '../../../ui/components/file-list.tsx';
import { formatDate, formatDateTime, formatMoney } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { fromStore } from '../../paperstore/index.ts';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { TypedText } from '../../../ui/components/typed-text.tsx';
import { ReadingList, type ReadingLine } from '../../../foundation/readings/index.ts';
import type { DossierFile, OwnDossierFile, SlipKind } from '../../dossiers/index.ts';
import { actWords, deliveryWords, stateWords } from '../dossier-words.ts';

const words = localWords({
  vi: {
    list: 'Hồ sơ của tôi',
    code: 'Mã hồ sơ',
    noCode: 'Có khi hồ sơ được tiếp nhận',
    secret: 'Mã tra cứu',
    unit: 'Nơi tiếp nhận',
    competent: 'Nơi giải quyết',
    submitted: 'Nộp lúc',
    due: 'Hẹn trả kết quả',
    noDue: 'Chưa hẹn',
    delivery: 'Nhận kết quả',
    now: 'Hiện nay',
    supplementTitle: 'Bạn cần bổ sung',
    supplementBy: (day: string): string => `Bổ sung trước hết ngày ${day}. Quá ngày đó hồ sơ có thể bị dừng.`,
    supplementDo: 'Bổ sung ngay',
    added: 'Đã gửi nội dung bổ sung. Hồ sơ được giải quyết tiếp.',
    addedTitle: 'Đã gửi',
    feeTitle: 'Bạn cần nộp',
    feeHow: (unit: string): string =>
      `Nộp tại quầy của ${unit} trong giờ làm việc, đọc mã hồ sơ cho cán bộ thu. Nộp xong bạn được cấp biên lai và hồ sơ được giải quyết tiếp.`,
    paid: 'đã nộp',
    receipt: (number: string): string => `biên lai số ${number}`,
    resultTitle: 'Kết quả',
    granted: 'Đồng ý giải quyết',
    refusedResult: 'Không đồng ý giải quyết',
    collect: (unit: string): string => `Nhận tại ${unit}, mang theo giấy tờ tùy thân.`,
    progress: 'Quá trình giải quyết',
    waitsReceipt: 'Tiếp nhận và hẹn ngày trả',
    result: 'Trả kết quả cho bạn',
    sent: 'Bạn đã gửi hồ sơ',
    papers: 'Giấy tờ đã nộp',
    keepPapers: 'Lưu giấy tờ này vào kho để dùng lại',
    paperOk: 'đạt',
    paperBad: 'chưa đạt',
    newPaper: (round: number): string => `bổ sung lần ${round}`,
    onPaper: 'bản giấy',
    answers: 'Nội dung tờ khai đã nộp',
    slips: 'Phiếu, thông báo (PDF)',
    declaration: 'Tờ khai đã nộp',
    proofs: 'Bằng chứng đã ghi sổ cái',
    slipNames: {
      acknowledgement: 'Xác nhận đã nộp hồ sơ',
      receipt: 'Giấy tiếp nhận và hẹn trả kết quả',
      supplement: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
      refusal: 'Phiếu từ chối giải quyết hồ sơ',
      apology: 'Phiếu xin lỗi và hẹn lại ngày trả',
      stop: 'Thông báo dừng giải quyết',
      'control-sheet': 'Phiếu kiểm soát quá trình giải quyết',
    },
    withdraw: 'Rút hồ sơ này',
    accesses: 'Ai đã xem hồ sơ này',
    nobody: 'Chưa có cán bộ nào mở hồ sơ.',
    again: 'Nộp lại thủ tục này',
    help: 'Cần hỏi về hồ sơ? Gọi nơi tiếp nhận hoặc tổng đài, đọc mã hồ sơ.',
    reason: 'Lý do',
    applicant: 'Người có hồ sơ',
    submitter: 'Người nộp thay',
    delegate: 'Nhờ người khác theo dõi hồ sơ này',
    more: (name: string): string => `Mở ${name}`,
  },
  en: {
    list: 'My dossiers',
    code: 'Dossier code',
    noCode: 'Given when it is received',
    secret: 'Tracking code',
    unit: 'Received by',
    competent: 'Decided by',
    submitted: 'Sent at',
    due: 'Appointment',
    noDue: 'None yet',
    delivery: 'Getting the result',
    now: 'Now',
    supplementTitle: 'You are asked to add something',
    supplementBy: (day: string): string => `Please answer by ${day}. After that day the dossier may be stopped.`,
    supplementDo: 'Add it now',
    added: 'Your supplement was sent. Work on your dossier goes on.',
    addedTitle: 'Sent',
    feeTitle: 'You are asked to pay',
    feeHow: (unit: string): string =>
      `Pay at the counter of ${unit} in office hours and give your dossier code. You get a receipt, and work goes on.`,
    paid: 'paid',
    receipt: (number: string): string => `receipt ${number}`,
    resultTitle: 'Result',
    granted: 'Granted',
    refusedResult: 'Refused',
    collect: (unit: string): string => `Collect it at ${unit}; bring your identity card.`,
    progress: 'Progress',
    waitsReceipt: 'Receiving it and giving an appointment',
    result: 'Handing the result to you',
    sent: 'You sent it',
    papers: 'Papers handed in',
    keepPapers: 'Keep these papers to use them again',
    paperOk: 'accepted',
    paperBad: 'not accepted',
    newPaper: (round: number): string => `supplement ${round}`,
    onPaper: 'on paper',
    answers: 'Your answers',
    slips: 'Slips and notices (PDF, in Vietnamese)',
    declaration: 'What you declared',
    proofs: 'Proofs from the ledger',
    slipNames: {
      acknowledgement: 'Acknowledgement',
      receipt: 'Receipt and appointment',
      supplement: 'Request for a supplement',
      refusal: 'Refusal',
      apology: 'Apology and new appointment',
      stop: 'Notice that work was stopped',
      'control-sheet': 'Process control sheet',
    },
    withdraw: 'Withdraw this dossier',
    accesses: 'Who has looked at this dossier',
    nobody: 'No official has opened it yet.',
    again: 'Apply for this again',
    help: 'Questions? Call the receiving unit or the hotline and give your dossier code.',
    reason: 'Reason',
    applicant: 'Applicant',
    submitter: 'Handed in by',
    delegate: 'Let somebody follow this dossier for me',
    more: (name: string): string => `Open ${name}`,
  },
});

export interface MyDossierProps {
  dossier: OwnDossierFile;
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  secret: string;
  files: ReadonlyMap<string, { name: string; sizeBytes: number; canPreview: boolean; scanMark: ScanMarkKind | null }>;
  slips: readonly SlipKind[];
  answers: VNode | null;
  accesses: readonly ReadingLine[];
  canWithdraw: boolean;
  /** The person may put papers of it into their own store. */
  keepsPapers: boolean;
  isAdded: boolean;
  now: Date;
}

type Words = ReturnType<typeof words.use>;

function timelineOf(
  dossier: DossierFile,
  own: Words,
  locale: 'vi' | 'en',
  unitOf: (id: string | null) => string,
): TimelineEntry[] {
  const { state } = dossier;
  const past: TimelineEntry[] = [{ title: own.sent, at: dossier.submittedAt }];
  for (const act of dossier.history) {
    const text = actWords[act.name];
    if (!text || act.takenBackAt) continue;
    const isTrouble = act.name === 'refuse' || act.name === 'stop';
    const tells = isTrouble || act.name === 'requestSupplement' || act.name === 'extend' || act.name === 'withdraw';
    past.push({
      title: text[locale],
      at: act.at,
      by: unitOf(act.unitId) || undefined,
      ...(tells && act.remark ? { text: act.remark } : {}),
      state: isTrouble ? 'problem' : 'done',
    });
  }
  if (state === 3 || state === 7 || state === 8 || state === 10) return past;
  const ahead: TimelineEntry[] = [];
  if (state === 1) ahead.push({ title: own.waitsReceipt, at: null });
  for (const step of dossier.steps.filter((each) => each.finishedAt === null))
    ahead.push({ title: locale === 'en' ? step.nameEn : step.nameVi, at: null, by: unitOf(step.unitId) || undefined });
  ahead.push({ title: own.result, at: null });
  const waitsForYou = state === 5 || state === 6;
  return [
    ...past,
    ...(waitsForYou ? [{ title: stateWords[state][locale], at: null, state: 'current' as const }] : []),
    ...ahead.map((entry, index): TimelineEntry => ({
      ...entry,
      state: index === 0 && !waitsForYou ? 'current' : 'todo',
    })),
  ];
}

/** One dossier as its owner sees it: what is asked now, how far it is, what was handed in. */
export function MyDossierPage(props: MyDossierProps) {
  const own = words.use();
  const locale = useLocale();
  const { dossier } = props;
  const state = stateWords[dossier.state];
  const unitOf = (id: string | null): string => {
    const unit = props.unitNames.get(id ?? '');
    return (locale === 'en' ? unit?.nameEn : unit?.nameVi) ?? '';
  };
  const name = dossier.terms.procedureName[locale];
  const isOpen = dossier.finishedAt === null;
  return (
    <PublicLayout
      title={`${name} – ${dossier.code ?? own.noCode}`}
      breadcrumbs={[{ text: own.list, path: paths.myDossiers() }, { text: dossier.code ?? name }]}
      noIndex
      readsAloud
    >
      {props.isAdded && <NotificationBanner type="success" titleText={own.addedTitle} text={own.added} />}
      <h1 class="govuk-heading-l sen-title-with-tag">
        {name} <Tag text={state[locale]} classes={`govuk-tag--${state.colour}`} />
      </h1>
      <p class="govuk-body-l">{state.meaning[locale]}</p>
      <AskedNow {...props} unitName={unitOf(dossier.receivingUnitId)} />
      <DescriptionGrid
        items={[
          { term: own.code, value: dossier.code ?? own.noCode, isStrong: dossier.code !== null },
          {
            term: own.due,
            value: dossier.dueAt ? (
              <>
                {formatDateTime(dossier.dueAt, locale)} {isOpen && <DeadlineTag due={dossier.dueAt} now={props.now} />}
              </>
            ) : (
              own.noDue
            ),
            isStrong: dossier.dueAt !== null,
          },
          ...(dossier.mandate || dossier.applicant.submitterName
            ? [
                { term: own.applicant, value: dossier.applicantName },
                ...(dossier.applicant.submitterName
                  ? [{ term: own.submitter, value: dossier.applicant.submitterName }]
                  : []),
              ]
            : []),
          { term: own.unit, value: unitOf(dossier.receivingUnitId) },
          ...(dossier.competentUnitId === dossier.receivingUnitId
            ? []
            : [{ term: own.competent, value: unitOf(dossier.competentUnitId) }]),
          { term: own.submitted, value: formatDateTime(dossier.submittedAt, locale) },
          { term: own.delivery, value: deliveryWords[dossier.delivery][locale] },
          { term: own.secret, value: <span class="sen-code">{props.secret}</span> },
        ]}
      />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h2 class="govuk-heading-m">{own.progress}</h2>
          <DossierTimeline entries={timelineOf(dossier, own, locale, unitOf)} />
          <Papers {...props} />
          {props.answers && <Details summaryText={own.answers}>{props.answers}</Details>}
        </div>
        <div class="govuk-grid-column-one-third">
          <h2 class="govuk-heading-s">{own.slips}</h2>
          <ul class="govuk-list">
            {props.slips.map((slip) => (
              <li>
                <Link to={paths.myDossierSlip({ id: dossier.id, slip })}>{own.slipNames[slip]}</Link>
              </li>
            ))}
            <li>
              <Link to={paths.myDossierProofs({ id: dossier.id })}>{own.proofs}</Link>
            </li>
            {props.answers && (
              <li>
                <Link to={paths.myDossierDeclaration({ id: dossier.id })}>{own.declaration}</Link>
              </li>
            )}
          </ul>
          <h2 class="govuk-heading-s">{own.accesses}</h2>
          {props.accesses.length === 0 ? (
            <p class="govuk-body-s">{own.nobody}</p>
          ) : (
            <ReadingList rows={props.accesses} unitNames={props.unitNames} />
          )}
          {dossier.mandate === null && dossier.applicantAccountId !== null && (
            <p class="govuk-body">
              <Link to={paths.delegationNew({ chieu: 'giao', 'ho-so': dossier.id })}>{own.delegate}</Link>
            </p>
          )}
          <p class="govuk-body-s">{own.help}</p>
          {props.canWithdraw && (
            <p class="govuk-body">
              <Link to={paths.myDossierWithdrawal({ id: dossier.id })}>{own.withdraw}</Link>
            </p>
          )}
          {dossier.state === 3 && (
            <p class="govuk-body">
              <Link to={paths.procedure({ code: dossier.terms.procedureCode })}>{own.again}</Link>
            </p>
          )}
        </div>
      </div>
    </PublicLayout>
  );
}

/** What waits for the person: a supplement, a payment, a result. */
function AskedNow(props: MyDossierProps & { unitName: string }) {
  const own = words.use();
  const locale = useLocale();
  const { dossier } = props;
  const asked = dossier.supplements.find((each) => each.answeredAt === null && each.cancelledAt === null);
  const fees = dossier.fees;
  return (
    <>
      {dossier.state === 5 && asked && (
        <section class="sen-asked">
          <h2 class="govuk-heading-m">{own.supplementTitle}</h2>
          <p class="govuk-body">{asked.reason}</p>
          <ul class="govuk-list govuk-list--bullet">
            {asked.items.map((item) => (
              <li>
                <strong>{item.name}</strong>
                {item.what && `: ${item.what}`}
              </li>
            ))}
          </ul>
          {asked.answerBy && <p class="govuk-body">{own.supplementBy(formatDate(asked.answerBy))}</p>}
          <Form action={paths.myDossierSupplement({ id: dossier.id })}>
            <Button text={own.supplementDo} preventDoubleClick />
          </Form>
        </section>
      )}
      {fees.length > 0 && (
        <section class={dossier.state === 6 ? 'sen-asked' : 'sen-told'}>
          <h2 class="govuk-heading-m">{own.feeTitle}</h2>
          <ul class="govuk-list">
            {fees.map((fee) => (
              <li>
                {fee.name}: <strong>{formatMoney(fee.amountDong, locale)}</strong>
                {fee.paidAt && ` – ${own.paid} ${formatDate(fee.paidAt)}`}
                {fee.receiptNumber && `, ${own.receipt(fee.receiptNumber)}`}
              </li>
            ))}
          </ul>
          {dossier.state === 6 && <p class="govuk-body">{own.feeHow(props.unitName)}</p>}
        </section>
      )}
      {dossier.results.length > 0 && (
        <section class="sen-told">
          <h2 class="govuk-heading-m">{own.resultTitle}</h2>
          {dossier.results.map((result) => {
            const file = props.files.get(result.fileId ?? '');
            return (
              <>
                <p class="govuk-body">
                  <strong>{result.title}</strong> · {result.outcome === 'granted' ? own.granted : own.refusedResult} ·{' '}
                  {formatDate(result.decidedAt)}
                </p>
                {result.remark && <InsetText text={result.remark} />}
                {file && result.fileId && (
                  <FileList
                    files={[
                      {
                        name: file.name,
                        sizeBytes: file.sizeBytes,
                        path: paths.myDossierFile({ id: dossier.id, fileId: result.fileId }),
                        mark: <ScanMark mark={file.scanMark} />,
                        thumbPath: file.canPreview
                          ? paths.myDossierFilePreview({ id: dossier.id, fileId: result.fileId }, { co: 'nho' })
                          : undefined,
                      },
                    ]}
                  />
                )}
              </>
            );
          })}
          {dossier.state === 9 && dossier.delivery === 'counter' && (
            <p class="govuk-body">{own.collect(props.unitName)}</p>
          )}
        </section>
      )}
    </>
  );
}

function Papers(props: MyDossierProps) {
  const own = words.use();
  const locale = useLocale();
  const { dossier } = props;
  if (dossier.papers.length === 0) return null;
  const noteOf = (paper: (typeof dossier.papers)[number]) =>
    [
      paper.isFromDataStore ? fromStore[locale] : null,
      paper.round > 0 ? own.newPaper(paper.round) : null,
      paper.isAccepted === true ? own.paperOk : null,
      paper.isAccepted === false ? `${own.paperBad}${paper.remark ? `: ${paper.remark}` : ''}` : null,
    ]
      .filter((part) => part !== null)
      .join(' · ');
  const withFile = dossier.papers.flatMap((paper) => {
    const file = props.files.get(paper.fileId ?? '');
    return file && paper.fileId ? [{ paper, file, fileId: paper.fileId }] : [];
  });
  const onPaper = dossier.papers.filter((paper) => !props.files.has(paper.fileId ?? ''));
  return (
    <>
      <h2 class="govuk-heading-m">{own.papers}</h2>
      {withFile.length > 0 && (
        <FileList
          label={own.papers}
          files={withFile.map(({ paper, file, fileId }) => ({
            name: file.name,
            sizeBytes: file.sizeBytes,
            path: paths.myDossierFile({ id: dossier.id, fileId }),
            mark: <ScanMark mark={file.scanMark} />,
            thumbPath: file.canPreview
              ? paths.myDossierFilePreview({ id: dossier.id, fileId }, { co: 'nho' })
              : undefined,
            note: (
              <>
                <TypedText text={paper.name} />
                {noteOf(paper) && ` · ${noteOf(paper)}`}
              </>
            ),
          }))}
        />
      )}
      {withFile.length > 0 && props.keepsPapers && (
        <p class="govuk-body">
          <Link to={paths.storeFromDossier({ dossierId: dossier.id })}>{own.keepPapers}</Link>
        </p>
      )}
      {onPaper.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {onPaper.map((paper) => (
            <li>
              <TypedText text={paper.name} />
              {['', own.onPaper, ...[noteOf(paper)].filter(Boolean)].join(' · ')}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
