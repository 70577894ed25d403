/** 0 preparatory, 1–12; null where the journal does not tell. */
export function gradeOf(value: unknown): number | null {
  const grade = typeof value === "string" && /^\s*\d{1,2}\s*$/.test(value) ? Number(value) : value;
  return typeof grade === "number" && Number.isInteger(grade) && grade >= 0 && grade <= 12 ? grade : null;
}

/** The grade that a class name tells: «5 А», «10-Б», «1 доп», «подг.», «0 А»; null when it tells none. */
export function gradeOfName(className: string): number | null {
  if (/^\s*(подг|приготов)/i.test(className)) return 0;
  const digits = /^\s*(\d{1,2})/.exec(className)?.[1];
  return digits === undefined ? null : gradeOf(Number(digits));
}
