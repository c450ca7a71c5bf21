// npm run sbom: the bill of materials of what is installed and shipped, as CycloneDX 1.6 (ECMA-424), from package-lock.json and the packages
// themselves. It needs no network and always gives the same bytes for the same lock file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWith } from './fault.mjs';
import { root } from './setup.mjs';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Licence of an installed package, as its own package.json says; undefined when it says none. */
function licenceOf(folder) {
  const path = join(root, folder, 'package.json');
  if (!existsSync(path)) return undefined;
  const { license, licenses } = readJson(path);
  if (typeof license === 'string') return license;
  if (license?.type) return license.type;
  return Array.isArray(licenses) ? licenses.map((each) => each.type ?? each).join(' OR ') : undefined;
}

/** `sha512-BASE64` of the lock file as CycloneDX writes hashes. */
function hashOf(integrity) {
  const [algorithm, value] = (integrity ?? '').split(' ')[0].split('-');
  const names = { sha512: 'SHA-512', sha256: 'SHA-256', sha1: 'SHA-1' };
  return names[algorithm] ? [{ alg: names[algorithm], content: Buffer.from(value, 'base64').toString('hex') }] : [];
}

const licenceEntry = (licence) =>
  licence === undefined
    ? []
    : / (OR|AND|WITH) |^\(/.test(licence)
      ? [{ expression: licence }]
      : [{ license: /^[\w.+-]+$/.test(licence) ? { id: licence } : { name: licence } }];

/**
 * The bill of materials. Packages for development only, and those of other platforms, are left out unless asked for.
 * @param {{ development?: boolean }} [options]
 */
export function billOfMaterials({ development = false } = {}) {
  const own = readJson(join(root, 'package.json'));
  const lock = readJson(join(root, 'package-lock.json'));
  const components = new Map();
  for (const [folder, entry] of Object.entries(lock.packages)) {
    if (folder === '' || entry.link || (!development && (entry.dev || entry.devOptional))) continue;
    if (entry.optional && !existsSync(join(root, folder))) continue;
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const purl = `pkg:npm/${name.replace('@', '%40')}@${entry.version}`;
    components.set(purl, {
      type: 'library',
      'bom-ref': purl,
      name,
      version: entry.version,
      purl,
      scope: entry.dev || entry.devOptional ? 'excluded' : entry.optional ? 'optional' : 'required',
      hashes: hashOf(entry.integrity),
      licenses: licenceEntry(licenceOf(folder) ?? entry.license),
    });
  }
  const self = `pkg:npm/${own.name}@${own.version}`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': self,
        name: own.name,
        version: own.version,
        licenses: licenceEntry(own.license),
      },
    },
    components: [...components.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  };
}

/** Name, version and licence of every component, a line each. */
export const licenceList = (bill) =>
  bill.components.map(
    ({ name, version, licenses }) =>
      `${name} ${version}\t${licenses.map((each) => each.expression ?? each.license.id ?? each.license.name).join(', ') || 'unknown'}`,
  );

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const bill = billOfMaterials({ development: process.argv.includes('--development') });
    const file = process.argv.find((argument) => argument.endsWith('.json'));
    const text = process.argv.includes('--licences')
      ? `${licenceList(bill).join('\n')}\n`
      : `${JSON.stringify(bill, null, 2)}\n`;
    if (file) writeFileSync(file, text);
    else process.stdout.write(text);
  } catch (error) {
    endWith(error);
  }
}
