/** The part of dmn-moddle that is used here; it brings no types of its own. */
declare module 'dmn-moddle' {
  interface DmnElement {
    readonly $type: string;
    readonly [property: string]: unknown;
  }
  export function DmnModdle(): {
    fromXML(xml: string): Promise<{ rootElement: DmnElement; warnings: readonly { message: string }[] }>;
  };
}
