/** The contents of a letter in words: figures, then sections of lines. How it looks is the renderer's business. */
export interface PlainLetter {
  readonly simulation: boolean;
  readonly school: string;
  /** «5 октября 2026 г., 18:15» */
  readonly moment: string;
  readonly subject: string;
  readonly title: string;
  readonly lead: readonly string[];
  readonly figures: readonly (readonly [name: string, value: string])[];
  readonly sections: readonly {
    readonly title: string;
    readonly note: string | null;
    readonly lines: readonly string[];
  }[];
  readonly footer: string;
}
