import { dayOf, laterDay } from "../days.ts";
import type { Person } from "../facts.ts";
import type { DeliveryAgreement } from "../school-lists.ts";
import type { IsoDate } from "../time.ts";
import type { ClassCase } from "./class-case.ts";

/** What to import when nothing is known of how the class's families are told («Регламент», пп. 2, 5, 6). */
export function deliveryGap({ snapshot: { className, lists } }: ClassCase): string | null {
  if (lists.delivery === null) {
    return "нет данных: список согласованных способов информирования не загружен – sverka import delivery ФАЙЛ";
  }
  return lists.delivery.length === 0
    ? `нет данных: в списке способов информирования нет ни одного ученика класса ${className} – дополните файл и загрузите его: sverka import delivery ФАЙЛ`
    : null;
}

export function agreementsByPupil({
  snapshot: { lists },
}: ClassCase): ReadonlyMap<string, readonly DeliveryAgreement[]> {
  return Map.groupBy(lists.delivery ?? [], ({ pupilExternalId }) => pupilExternalId);
}

/** The first day on which a family that chose this way may expect something of the service; null when the day of its choice is not known. */
export function waySince(
  of: ClassCase,
  agreements: readonly DeliveryAgreement[],
  way: DeliveryAgreement["way"],
): IsoDate | null {
  const { since } = of.snapshot.lists;
  const days = agreements.flatMap((one) => (one.way === way && one.agreedOn !== null ? one.agreedOn : [])).sort();
  const [first] = days;
  if (first === undefined || since === null || first > of.today) return null;
  return laterDay(first, dayOf(since, of.calendar.zone));
}

/** Roster, delivery and notices are the class teacher's. */
export function classTeacherOf({ snapshot: { classTeacher } }: ClassCase): Person | null {
  return classTeacher === null ? null : { externalId: null, name: classTeacher };
}
