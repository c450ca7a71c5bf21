import type { Place } from './platform/http/doors.ts';
import { isAdminPath } from './platform/http/admin-path.ts';
import { paths } from './ui/paths.ts';

/** What pages of administration cannot do without: signing in, proving more, the person's own password, factors and sessions, and sending files. */
const SHARED: ReadonlySet<string> = new Set(
  [
    paths.signIn,
    paths.signInCallback,
    paths.signInStep,
    paths.signInSecond,
    paths.signInPasskey,
    paths.signInHelp,
    paths.signInLost,
    paths.workspaceSignIn,
    paths.signOut,
    paths.stepUp,
    paths.stepUpQuestion,
    paths.stepUpPasskey,
    paths.unlock,
    paths.keepAlive,
    paths.switchPost,
    paths.resetPassword,
    paths.accountPassword,
    paths.accountSessions,
    paths.accountSecurity,
    paths.factorApp,
    paths.factorPasskey,
    paths.factorPasskeyQuestion,
    paths.factorRecoveryCodes,
    paths.factor,
    paths.factorRemoval,
    paths.recoveryStop,
    paths.places,
    paths.uploads,
    paths.upload,
    paths.healthLive,
    paths.healthReady,
  ].map(({ pattern }) => pattern),
);

/** Where a route answers when administration has a port of its own (`SEN_ADMIN_PORT`). */
export function placeOf(pattern: string): Place {
  if (isAdminPath(pattern)) return 'admin';
  return SHARED.has(pattern) || /^\/(assets|oidc)(\/|$)/.test(pattern) ? 'both' : 'service';
}
