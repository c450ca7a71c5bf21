import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CertificateDefect, readCertificates, type Certificate } from './cms/certificate.ts';
import type { Trust } from './judge/judge-cms.ts';

/** The folder of the province that says whom its signatures are believed. */
export const trustFolderOf = ({ provinceFolder }: { provinceFolder: string }): string => join(provinceFolder, 'trust');

/**
 * Reads a trust list: `anchors/` holds the authorities that are believed, `along/` further ones that complete chains, `revocation/` lists
 * (.crl) and answers (.ocsp) that were fetched. PEM or DER. A file that cannot be read fails, so that nobody is left out silently.
 * @throws CertificateDefect
 */
export function readTrust(folder: string): Trust {
  const files = (name: string, ends: RegExp): { path: string; bytes: Buffer }[] => {
    const place = join(folder, name);
    if (!existsSync(place)) return [];
    return readdirSync(place)
      .filter((file) => ends.test(file))
      .sort()
      .map((file) => ({ path: join(place, file), bytes: readFileSync(join(place, file)) }));
  };
  const certificates = (name: string): Certificate[] =>
    files(name, /\.(pem|crt|cer|der)$/i).flatMap(({ path, bytes }) => {
      try {
        return readCertificates(bytes);
      } catch (error) {
        throw new CertificateDefect(`${path}: ${error instanceof Error ? error.message : 'cannot be read'}`);
      }
    });
  return {
    anchors: certificates('anchors'),
    along: certificates('along'),
    revocation: {
      crls: files('revocation', /\.crl$/i).map(({ bytes }) => derOf(bytes)),
      ocsps: files('revocation', /\.ocsp$/i).map(({ bytes }) => bytes),
    },
  };
}

/** A list in DER, out of PEM when it is that. */
function derOf(bytes: Buffer): Buffer {
  const body = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/.exec(bytes.toString('latin1'))?.[1];
  return body === undefined ? bytes : Buffer.from(body, 'base64');
}
