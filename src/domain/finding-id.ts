import type { RuleId } from "./finding.ts";

/** What a finding is about: nothing in it can change while the case stays the same. */
export interface FindingCase {
  readonly rule: RuleId;
  readonly schoolId: number;
  readonly classExternalId: string;
  readonly lessonExternalId: string | null;
  readonly pupilExternalId: string | null;
  /** Part of the case only for rules that need it. */
  readonly about?: string | null;
}

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** 16 letters and digits (80 bits), the same for the same case for ever: short enough to be typed into `sverka explain`. */
export function findingId(of: FindingCase): string {
  // No key of the journal holds a NUL: PostgreSQL would not keep it.
  const about = of.about == null ? "" : `\0${of.about}`;
  const lanes = hash128(
    `${of.rule}\0${of.schoolId}\0${of.classExternalId}\0${of.lessonExternalId ?? ""}\0${of.pupilExternalId ?? ""}${about}`,
  );
  let id = "";
  let bits = 0;
  let held = 0;
  for (const lane of lanes) {
    for (let shift = 24; shift >= 0 && id.length < 16; shift -= 8) {
      held = ((held << 8) | ((lane >>> shift) & 0xff)) & 0xffff;
      bits += 8;
      while (bits >= 5 && id.length < 16) {
        bits -= 5;
        id += alphabet[(held >>> bits) & 31];
      }
    }
  }
  return id;
}

/** cyrb128 by bryc (public domain): four mixed 32-bit lanes. Spread matters here, secrecy does not. */
function hash128(text: string): readonly [number, number, number, number] {
  let one = 1779033703;
  let two = 3144134277;
  let three = 1013904242;
  let four = 2773480762;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    one = two ^ Math.imul(one ^ code, 597399067);
    two = three ^ Math.imul(two ^ code, 2869860233);
    three = four ^ Math.imul(three ^ code, 951274213);
    four = one ^ Math.imul(four ^ code, 2716044179);
  }
  one = Math.imul(three ^ (one >>> 18), 597399067);
  two = Math.imul(four ^ (two >>> 22), 2869860233);
  three = Math.imul(one ^ (three >>> 17), 951274213);
  four = Math.imul(two ^ (four >>> 19), 2716044179);
  one ^= two ^ three ^ four;
  return [one, two ^ one, three ^ one, four ^ one];
}
