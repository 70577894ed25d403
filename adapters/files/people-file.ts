import { z } from "zod";
import { defaultSettings } from "../../src/domain/settings.ts";
import { keys, list, mailAddress, section, text } from "./fields.ts";

const frequency = z.enum(["daily", "weekly", "none"], { error: "нужно daily, weekly или none" });
const person = keys({ name: text(), address: mailAddress(), mail: frequency.default("daily") });

/** `config/people.yaml`: where and how often teachers are written to. */
export const peopleFile = section({
  people: list(person)
    .superRefine((people, context) => {
      const seen = new Set<string>();
      for (const [index, { name }] of people.entries()) {
        if (seen.has(name))
          context.addIssue({ code: "custom", path: [index, "name"], message: "этот человек уже назван выше" });
        seen.add(name);
      }
    })
    .default([...defaultSettings.people]),
});
