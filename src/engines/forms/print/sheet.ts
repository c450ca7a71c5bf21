/** What the printed form says: words only, no layout. `form-sheet.typ` sets it. */

/** How one answer is written by hand, or what was answered. */
export type Control =
  | { kind: 'line'; suffix: string | null }
  | { kind: 'lines'; count: number }
  /** Boxes for single digits, in groups: 10-3 for a tax code. */
  | { kind: 'digits'; groups: number[]; between: string }
  /** Boxes to tick. */
  | { kind: 'choices'; items: string[]; columns: number }
  /** Labelled lines below each other (an address); two short ones share a line. */
  | { kind: 'parts'; rows: string[][] }
  | { kind: 'money'; suffix: string; inWords: string }
  | { kind: 'value'; lines: string[] };

export interface SheetItem {
  label: string;
  /** In italics after the label: "(nếu có)". */
  remark: string | null;
  hint: string | null;
  control: Control;
}

export type Block =
  | { kind: 'heading'; text: string; note: string | null; hint: string | null }
  | { kind: 'paragraph'; text: string; isWarning: boolean }
  /** One item, or two short ones side by side. */
  | { kind: 'row'; items: SheetItem[] }
  /** A box to tick with a sentence: an oath, a paper that is enclosed. */
  | { kind: 'tick'; text: string; remark: string | null; isTicked: boolean }
  | {
      kind: 'table';
      title: string | null;
      note: string | null;
      head: string[];
      widths: number[];
      rows: Control[][];
      /** Height of a row left blank, in millimetres. */
      rowHeight: number;
      isFirstColumnLabel: boolean;
    };

export interface Section {
  title: string;
  note: string | null;
  intro: string[];
  blocks: Block[];
}

export interface FormSheet {
  lang: 'vi' | 'en';
  /** The state's name and motto (NĐ 30/2020/NĐ-CP, Phụ lục I); in Vietnamese on every paper, English beside it when asked. */
  nation: string[];
  nationBeside: string[];
  title: string;
  subtitle: string | null;
  /** "Kính gửi: …" with a line, or who it went to. */
  addressee: { label: string; name: string | null } | null;
  sections: Section[];
  dateline: string;
  signer: string;
  signHint: string;
  footer: string;
  pageWord: string;
}
