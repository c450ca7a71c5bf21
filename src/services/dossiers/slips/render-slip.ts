import QRCode from 'qrcode';
import { namesOf } from '../../../foundation/organisations/index.ts';
import { localDate } from '../../../platform/clock.ts';
import type { Reader } from '../../../platform/database.ts';
import { rulesOf } from '../dossier-clock.ts';
import type { DossierFile } from '../dossier-file-queries.ts';
import { trackingNumberOf, trackingSecretOf } from '../submission.ts';
import { slipContent } from './slip-content.ts';
import type { SlipKind } from './slip-words.ts';
import { typeset } from './typesetter.ts';

export { slipKinds, type SlipKind } from './slip-words.ts';

/** What a slip needs of the installation. */
export interface SlipPlace {
  /** `config.publicUrl`; the QR leads to its tracking page. */
  publicUrl: string;
  /** `config.secret`. */
  installationSecret: string;
  /** `UBND tỉnh …`, above the agency's name, and the place before the date. */
  provinceName: string;
  placeName: string;
}

/**
 * A slip of a dossier as PDF, with a QR to its public tracking page. Rendered on read from the dossier as it stands: nothing is
 * stored. The words of the forms follow the rules of the dossier's day of receipt.
 * @throws slipNotThere when the dossier has not come so far; slipsBusy, slipTooSlow when the setting threads cannot keep up
 */
export async function renderSlip(reader: Reader, file: DossierFile, kind: SlipKind, place: SlipPlace): Promise<Buffer> {
  const unitIds = [file.receivingUnitId, file.competentUnitId, ...file.steps.map((step) => step.unitId)];
  const secret = trackingSecretOf(place.installationSecret, file.id);
  const content = slipContent(kind, file, {
    pack: rulesOf(file, file.receivedAt ?? file.submittedAt),
    names: await namesOf(reader, unitIds, localDate(file.receivedAt ?? file.submittedAt)),
    provinceName: place.provinceName,
    placeName: place.placeName,
    trackingNumber: trackingNumberOf(file.id),
    trackingSecret: secret,
    trackingAddress: `${place.publicUrl.replace(/^https?:\/\//, '')}/tra-cuu`,
  });
  const address = `${place.publicUrl}/tra-cuu?ma=${encodeURIComponent(file.code ?? trackingNumberOf(file.id))}#khoa=${secret}`;
  const qr = await QRCode.toString(address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  return typeset({ ...content, qr });
}
