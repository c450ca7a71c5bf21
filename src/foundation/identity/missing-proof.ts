import type { AssuranceDemand } from '../../platform/assurance.ts';
import type { RouteOptions, WebRequest } from '../../platform/http/web.ts';
import { mustHaveFactor, satisfies } from './assurance.ts';
import { ruleOfAct } from './assurance-queries.ts';

/**
 * What the session of a request still has to prove for a route, or null: `enrol` when the person has to set up a second factor
 * first, `act` names what it is for. Where second factors are only offered, nobody is asked for more than they have.
 */
export async function missingProof(
  request: WebRequest,
  route: RouteOptions,
): Promise<{ act: string; level: number; enrol: boolean } | null> {
  const { session, actor, config, now } = request;
  if (!session) return null;
  const compulsory = !route.whileProving && route.access !== 'public' && mustHaveFactor(actor, request.address, config);
  if (!route.act && !compulsory) return null;
  const demand = route.act ? await demandOf(request, route.act) : { level: 1 as const, freshMinutes: null };
  const level = compulsory && demand.level < 2 ? 2 : demand.level;
  // Nobody can prove with a factor they do not have: they set one up first where it is compulsory, and use the password elsewhere.
  const lacks = !session.hasFactor && actor.assurance < level && level < 3;
  const enrol = lacks && !route.whileProving && config.secondFactor === 'required';
  const asked: AssuranceDemand = { ...demand, level: lacks && !enrol ? 1 : level };
  const shown = { level: actor.assurance, provenAt: session.provenAt };
  if (satisfies(shown, asked, now)) return null;
  return { act: route.act?.name ?? '', level: asked.level, enrol };
}

async function demandOf(request: WebRequest, act: AssuranceDemand & { name: string }): Promise<AssuranceDemand> {
  return (await ruleOfAct(request.reader, act.name, request.now)) ?? act;
}
