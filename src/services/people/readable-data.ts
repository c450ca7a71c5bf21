import { readingWords } from '../../foundation/readings/index.ts';
import { formatDate, formatDateTime } from '../../ui/format.ts';
import { storeWords } from '../paperstore/index.ts';
import { stateWords } from '../portal/index.ts';
import type { OwnData } from './export-data.ts';
import { exportWords } from './views/export-words.ts';
import { outcomeWords, requestWords } from './views/request-words.ts';

/** A part of the export in words: for the page and for the PDF alike. */
export interface DataSection {
  title: string;
  /** Said when there is nothing. */
  none: string;
  items: { heading: string; rows: [string, string][] }[];
}

type Locale = 'vi' | 'en';
const day = (iso: string | null | undefined, locale: Locale): string =>
  iso ? formatDateTime(new Date(iso), locale) : '';
const filled = (rows: readonly [string, string | null | undefined][]): [string, string][] =>
  rows.flatMap(([key, value]) => (value ? [[key, value] as [string, string]] : []));

/** The export in words of the person's language, in the order in which people ask. */
export function readableSections(data: OwnData, locale: Locale): DataSection[] {
  const own = exportWords.in(locale);
  const asked = requestWords.in(locale);
  const stored = storeWords.in(locale);
  const works = readingWords.in(locale).works;
  const { account } = data;
  const section = (title: string, items: DataSection['items']): DataSection => ({ title, none: own.none, items });
  const { person, business } = account;
  return [
    section(own.account, [
      {
        heading: account.name ?? '',
        rows: filled([
          [own.identity, person?.identityNumber],
          [own.taxCode, business?.taxCode],
          [own.birthDate, person && formatDate(person.birthDate)],
          [own.gender, person && own.genders[person.gender]],
          [own.address, person?.addressLine ?? business?.addressLine],
          [own.representative, business?.representativeName],
          ...account.logins
            .filter((login) => login.kind === 'email' || login.kind === 'phone')
            .map((login): [string, string] => [own.logins[login.kind as 'email' | 'phone'], login.value]),
          [own.businesses, account.businesses.map((one) => one.name).join(', ')],
        ]),
      },
    ]),
    section(
      own.dossiers,
      data.dossiers.map((dossier) => ({
        heading: dossier.procedure.name,
        rows: filled([
          [own.code, dossier.code],
          [own.state, stateWords[dossier.state][locale]],
          [own.submitted, day(dossier.submittedAt, locale)],
          [own.receivedBy, dossier.receivedBy],
          [own.due, day(dossier.dueAt, locale)],
          [own.submitter, dossier.applicant.submitterName],
          [own.address, dossier.applicant.address],
          [own.papers, dossier.papers.map((paper) => paper.name).join('; ')],
          [own.results, dossier.results.map((result) => result.title).join('; ')],
        ]),
      })),
    ),
    section(
      own.storedPapers,
      data.papers.map((paper) => ({
        heading: paper.name,
        rows: filled([
          [stored.number, paper.number],
          [stored.issuer, paper.issuer],
          [stored.issuedOn, paper.issuedOn && formatDate(paper.issuedOn)],
          [stored.validUntil, paper.validUntil && formatDate(paper.validUntil)],
          [stored.source, stored.sources[paper.source]],
          [stored.resultCode, paper.resultCode],
          [stored.file, paper.fileName],
        ]),
      })),
    ),
    section(
      own.delegations,
      data.delegations.map((d) => ({
        heading: `${d.giver} → ${d.delegate}`,
        rows: filled([
          [own.period, `${formatDate(d.validFrom)} – ${d.validTo ? formatDate(d.validTo) : '…'}`],
          [own.state, own.delegationStates[d.state]],
        ]),
      })),
    ),
    section(
      own.readings,
      data.readings.map((row) => ({
        heading: day(row.at, locale),
        rows: filled([
          [own.who, row.post],
          [own.why, `${works[row.work]}: ${row.purpose}`],
        ]),
      })),
    ),
    section(
      own.requests,
      data.requests.map((request) => ({
        heading: `${request.number}: ${asked.kinds[request.kind]}`,
        rows: filled([
          [asked.text, request.text],
          [asked.outcome, request.outcome && outcomeWords[request.outcome][locale]],
          [asked.answer, request.answer],
        ]),
      })),
    ),
    section(
      own.messages,
      data.messages.map((message) => ({
        heading: message.subject,
        rows: filled([[own.when, day(message.at, locale)]]),
      })),
    ),
    section(
      own.signIns,
      account.signIns.map((one) => ({
        heading: day(one.occurredAt, locale),
        rows: filled([[own.from, one.address]]),
      })),
    ),
  ];
}
