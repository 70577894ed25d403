/** Texts of Typst templates by their file names. */
export type TemplateTexts = Readonly<Record<string, string>>;
