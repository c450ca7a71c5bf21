import { page, seeOther } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { manageNotifications } from './notification-permissions.ts';
import { findTrial, MAX_TEAM, messageModes, readTeam, saveTrial, type MessageMode } from './trial.ts';
import { TrialPage, trialWords } from './views/trial-page.tsx';

const isMode = (text: string | null): text is MessageMode =>
  (messageModes as readonly (string | null)[]).includes(text);

async function show(request: WebRequest) {
  const { value, version } = await findTrial(request.reader);
  return page(
    <TrialPage
      mode={value.mode}
      version={version}
      form={{ values: { 'danh-sach': value.team.join('\n') }, errors: {} }}
      isSaved={request.query.get('da-luu') === '1'}
    />,
  );
}

async function save(request: WebRequest) {
  const form = await request.form();
  const own = trialWords.in(request.locale);
  const typed = (form.get('danh-sach') ?? '').replaceAll('\r\n', '\n').slice(0, 20_000);
  const chosen = form.get('che-do');
  const { team, wrong } = readTeam(typed);
  const errors: Record<string, string> = {};
  if (!isMode(chosen)) errors['che-do'] = own.chooseMode;
  if (wrong.length > 0) errors['danh-sach'] = own.wrong(wrong.slice(0, 5).join(', ').slice(0, 300));
  else if (team.length > MAX_TEAM) errors['danh-sach'] = own.tooMany(MAX_TEAM);
  else if (chosen === 'team' && team.length === 0) errors['danh-sach'] = own.needTeam;
  const version = Number(form.get('phien-ban')) || 0;
  if (!isMode(chosen) || Object.keys(errors).length > 0)
    return page(
      <TrialPage
        mode={isMode(chosen) ? chosen : null}
        version={version}
        form={{ values: { 'danh-sach': typed }, errors }}
      />,
      { status: 422 },
    );
  await request.command((tx) => saveTrial(tx, { mode: chosen, team }, version));
  return seeOther(request.href(paths.adminMessageTrial({ 'da-luu': '1' })));
}

/** How far messages go: to everybody, to those who try the system out, or nowhere. */
export function trialRoutes(web: Web): void {
  const access = { permission: manageNotifications };
  web.get(paths.adminMessageTrial, { access }, show);
  web.post(paths.adminMessageTrial, { access }, save);
}
