/** The kits ship no types; only what the entries use is declared. */
declare module 'govuk-frontend' {
  interface Constructor {
    new (root: Element, config?: object): object;
    readonly moduleName: string;
  }
  export const Accordion: Constructor;
  export const Button: Constructor;
  export const CharacterCount: Constructor;
  export const Checkboxes: Constructor;
  export const ErrorSummary: Constructor;
  export const FileUpload: Constructor;
  export const NotificationBanner: Constructor;
  export const PasswordInput: Constructor;
  export const Radios: Constructor;
  export const ServiceNavigation: Constructor;
  export const SkipLink: Constructor;
  export const Tabs: Constructor;
}

declare module '@ministryofjustice/frontend' {
  interface Constructor {
    new (root: Element, config?: object): object;
    readonly moduleName: string;
  }
  export const Alert: Constructor;
  export const ButtonMenu: Constructor;
  export const SortableTable: Constructor;
}

declare module '@hotwired/turbo' {
  export function visit(address: string, options?: { action?: 'advance' | 'replace' }): void;
}
