/** Who may have an account («Порядок», п. 2.1). There is no role for a pupil, and none can be made. */
export const ROLES = ["administrator", "director", "deputy", "class-teacher", "subject-teacher"] as const;

export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  administrator: "ответственный за работу в системе",
  director: "директор",
  deputy: "заместитель директора",
  "class-teacher": "классный руководитель",
  "subject-teacher": "учитель-предметник",
};

/** Who has to have a second factor, whatever the school sets: they see or move the most. */
export const SECOND_FACTOR: readonly Role[] = ["administrator", "deputy"];

export const needsSecondFactor = (roles: readonly Role[]): boolean =>
  roles.some((role) => SECOND_FACTOR.includes(role));
