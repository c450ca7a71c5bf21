export { blobPath } from './blob-path.ts';
export { copyBlob } from './copy-blob.ts';
export { openStores } from './s3-store.ts';
export { checkBlob } from './verify-store.ts';
export { closeJournals, recoverBlobs } from './blob-journal.ts';
export { storeUpload, storeBytes, readBlob, hasBlob, type StoredBlob, type UploadLimits } from './blob-store.ts';
export { fileKinds, kindNamed, defaultPaperKinds, extensionsOf, type FileKind } from './file-kinds.ts';
export { registerFile, registerFiles, fileRecordOf, handFilesTo, removeFiles, getFile } from './register-file.ts';
export {
  listFilesByIds,
  listFilesByOwner,
  listStoredDigests,
  listDigestsSince,
  type FileRow,
  type ScanState,
} from './file-queries.ts';
export { sendFile } from './send-file.ts';
export { receiveForm, type ReceivedFile, type ReceivedForm } from './receive-form.ts';
export { fileMissing } from './file-problems.ts';
export { grantUpload, type UploadGrant } from './upload-grant.ts';
export { finishedUploads, useUploads, type FinishedUpload } from './resume-upload.ts';
export { ScanMark, scanMarkOf, type ScanMarkKind } from './views/scan-mark.tsx';
export { ResumableUploads } from './views/resumable-uploads.tsx';
export { canPreview, countPages, previewAsked, sendPreview } from './preview.ts';
export { demandRoom, readPolicy, type FilePolicy } from './file-policy.ts';
export { eraseOwnFile } from './erase-file.ts';
export {
  provideHoldSubject,
  provideRetentionClass,
  type EndedOwner,
  type HoldSubject,
  type OwnedFile,
  type RetentionClass,
} from './retention/retention-source.ts';
export { provideDisposalNotice, type DisposalNews } from './retention/dispose.ts';
export { approveDisposals } from './retention/retention-events.ts';
export { provideInfectionNotice, type Infection } from './scan-files.ts';
export { manageFiles } from './file-permissions.ts';
export { fileProblems } from './upload-doc.ts';
export { uploadApiRoutes } from './upload-routes.ts';
