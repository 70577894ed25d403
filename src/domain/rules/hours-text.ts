/** «2,5», «2 и 2», «нет»: hours as one writes them. */
export function hoursText(hours: unknown): string {
  if (Array.isArray(hours)) return hours.length === 0 ? "нет" : hours.map((one) => hoursText(one)).join(" и ");
  return String(hours).replace(".", ",");
}
