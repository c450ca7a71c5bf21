export { readingWorks, statedReason, type ReadFile, type ReadingWork, type ReadSubjectKind } from './reading.ts';
export { noteReading, recordReading, standingReason } from './record-reading.ts';
export { reasonNeeded } from './reading-problems.ts';
export { listReadingsOf, listReadingsOfSubject, type ReadingFilter, type ReadingLine } from './reading-queries.ts';
export { ReadingList, readerShown, readingWords } from './views/reading-list.tsx';
