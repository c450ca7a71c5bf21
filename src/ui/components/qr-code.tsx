import QRCode from 'qrcode';

/** A QR code as SVG, drawn on the server. `text` is what a camera reads; `label` what a screen reader says. */
export function QrCode(props: {
  text: string;
  label: string;
  size?: number | undefined;
  /** For a text of a thousand characters and more: fewer dots, and less of it may be dirty. */
  isDense?: boolean | undefined;
}) {
  const { modules } = QRCode.create(props.text, { errorCorrectionLevel: props.isDense ? 'L' : 'M' });
  const width = modules.size + 8;
  let path = '';
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1) {
      let end = column;
      while (end < modules.size && modules.get(row, end)) end += 1;
      if (end > column) path += `M${column + 4} ${row + 4}h${end - column}v1h-${end - column}z`;
      column = end;
    }
  const size = props.size ?? 200;
  return (
    <svg
      class="sen-qr"
      viewBox={`0 0 ${width} ${width}`}
      width={size}
      height={size}
      role="img"
      aria-label={props.label}
    >
      <rect width={width} height={width} fill="#fff" />
      <path d={path} fill="#17211f" shape-rendering="crispEdges" />
    </svg>
  );
}
