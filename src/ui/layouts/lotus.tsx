/** The lotus: emblem of the product, used where the province brings none. Drawn in the accent colour. */
export function Lotus(props: { size: number; class?: string | undefined }) {
  return (
    <svg
      class={props.class ?? 'sen-lotus'}
      width={props.size}
      height={props.size}
      viewBox="0 0 48 48"
      aria-hidden="true"
      focusable="false"
    >
      <g fill="currentColor">
        <path d="M24 6c5 7 6 15 0 26-6-11-5-19 0-26z" />
        <path d="M11 14c8 2 12 9 12 19-9-4-13-11-12-19z" opacity=".85" />
        <path d="M37 14c-8 2-12 9-12 19 9-4 13-11 12-19z" opacity=".85" />
        <path d="M4 26c7-2 14 1 18 9-8 2-14-1-18-9z" opacity=".65" />
        <path d="M44 26c-7-2-14 1-18 9 8 2 14-1 18-9z" opacity=".65" />
      </g>
    </svg>
  );
}
