/** Kinds of applicants, as dossiers name them. */
export type ApplicantKind = 'citizen' | 'business' | 'household';
