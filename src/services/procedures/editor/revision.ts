/** A version of a procedure that is being written: who may do what with it, and when. Pure rules. */

export const revisionStates = ['writing', 'in-review', 'sent-back', 'approved', 'published'] as const;
export type RevisionState = (typeof revisionStates)[number];

export interface Revision {
  versionId: string;
  procedureId: string;
  code: string;
  name: string;
  baseVersionId: string | null;
  state: RevisionState;
  /** Why it is written, in the author's words. */
  reason: string;
  authorId: string;
  author: string;
  editorIds: string[];
  createdAt: Date;
  changedAt: Date;
  sentAt: Date | null;
  sentBy: string | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  decisionNote: string | null;
}

export interface ReviewComment {
  id: string;
  section: string;
  body: string;
  madeBy: string;
  madeAt: Date;
  settledAt: Date | null;
  settledBy: string | null;
}

/** Its text may be changed only before it is sent, or after it came back. */
export const isWritable = (revision: Pick<Revision, 'state'>): boolean =>
  revision.state === 'writing' || revision.state === 'sent-back';

/** Nobody approves what they wrote, in whole or in part. */
export const mayDecide = (
  revision: Pick<Revision, 'state' | 'authorId' | 'editorIds'>,
  actorId: string | null,
): boolean =>
  revision.state === 'in-review' &&
  actorId !== null &&
  revision.authorId !== actorId &&
  !revision.editorIds.includes(actorId);
