import type { ListKind } from "../list-kind.ts";
import type { ImportKind } from "../settings.ts";
import { archives } from "./archives.ts";
import { curriculum } from "./curriculum.ts";
import { delivery } from "./delivery.ts";
import { load } from "./load.ts";
import { looks } from "./looks.ts";
import { plan } from "./plan.ts";
import { substitutions } from "./substitutions.ts";

export const LIST_KINDS: { readonly [Kind in ImportKind]: ListKind } = {
  curriculum,
  load,
  plan,
  delivery,
  substitutions,
  looks,
  archives,
};
