/** The library ships no types; message-centre.ts says what it uses. */
declare module 'smpp' {
  const smpp: unknown;
  export default smpp;
}
