import { usePage } from '../../platform/http/page-context.ts';
import { formatPhone } from '../format.ts';
import { Link } from '../link.tsx';
import { paths } from '../paths.ts';
import { Lotus } from './lotus.tsx';
import { layoutWords } from './words.ts';

/**
 * Footer of the portal: who answers for it and how to reach them, as a state body's portal must state (Decree 42/2022/NĐ-CP on
 * information and online public services of state bodies), and the pages about the portal.
 */
export function SiteFooter() {
  const { province } = usePage();
  const words = layoutWords.use();
  return (
    <footer class="sen-footer">
      <div class="govuk-width-container">
        <div class="sen-footer__columns">
          <div>
            <p class="sen-footer__name">
              <Lotus size={36} class="sen-lotus sen-footer__lotus" />
              {province.name}
            </p>
            <dl class="sen-footer__facts">
              <dt>{words.responsibleBody}</dt>
              <dd>{province.responsible}</dd>
              {province.responsiblePerson && (
                <>
                  <dt>{words.responsiblePerson}</dt>
                  <dd>{province.responsiblePerson}</dd>
                </>
              )}
            </dl>
          </div>
          <div>
            <h2 class="sen-footer__heading">{words.contact}</h2>
            <ul class="sen-footer__list">
              <li>{province.address}</li>
              <li>
                {words.phone}{' '}
                <a class="sen-footer__link" href={`tel:${province.hotline.replace(/[^\d+]/g, '')}`}>
                  {formatPhone(province.hotline)}
                </a>
              </li>
              <li>
                <a class="sen-footer__link" href={`mailto:${province.email}`}>
                  {province.email}
                </a>
              </li>
            </ul>
          </div>
          <div>
            <h2 class="sen-footer__heading">{words.aboutPortal}</h2>
            <ul class="sen-footer__list">
              {[
                [words.help, paths.help()],
                [words.accessibility, paths.accessibility()],
                [words.display, paths.displaySettings()],
                [words.catalogues, paths.catalogues()],
                [words.verifySignature, paths.verifySignature()],
                [words.ledger, paths.ledger()],
                [words.privacy, paths.privacy()],
                [words.sitemap, paths.sitemap()],
              ].map(([text, path = '/']) => (
                <li>
                  <Link to={path} class="sen-footer__link">
                    {text}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        </div>
        <p class="sen-footer__note">{words.copyright}</p>
      </div>
    </footer>
  );
}
