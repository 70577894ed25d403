import type { FindingStatus, FindingVerdict, Severity } from "../finding.ts";

export const STATUS_NAMES: Readonly<Record<FindingStatus, string>> = {
  open: "открыто",
  settled: "исправлено",
  waived: "снято",
  withdrawn: "отозвано",
};

export const VERDICT_NAMES: Readonly<Record<FindingVerdict, string>> = {
  late: "позже срока",
  missing: "не внесено",
  violation: "нарушение",
  unproved: "не доказано",
};

export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  violation: "нарушение",
  warning: "предупреждение",
  hint: "подсказка",
};
