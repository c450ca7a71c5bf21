export { judgeFile, LARGEST_FILE } from './judge-file.ts';
export { overall, type ReportedSignature, type SignatureReport } from './report.ts';
export { trustFolderOf } from './trust-list.ts';
