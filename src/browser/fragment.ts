/**
 * Fills the fields that ask for it with what the address says behind #, and takes it out of the address: what stands there is sent to no server and
 * stays in no history. The square on a slip carries the tracking code so.
 */
export function fillFromFragment(fields: Iterable<HTMLInputElement>): void {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const field of fields) field.value ||= given.get(field.name)?.slice(0, 40) ?? '';
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search);
}
