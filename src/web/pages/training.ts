import { takeSeat } from "../../access/training.ts";
import { type CookieNames, setCookie } from "../doors/cookies.ts";
import type { Doors } from "../doors/pages.ts";
import { originOf } from "../doors/visitors.ts";

/** The links that `npm run demo` prints; a real school has no such route. */
export function addTraining({ app, needs }: Doors, cookies: CookieNames): void {
  if (!needs.simulation || needs.seats.length === 0) return;
  app.get<{ Params: { code: string } }>(
    "/training/:code",
    { config: { door: { kind: "open" } } },
    async (request, reply) => {
      const seat = needs.seats.find(({ code }) => code === request.params.code);
      if (seat === undefined) return reply.redirect("/sign-in", 303);
      setCookie(reply, cookies.session, await takeSeat(needs.access, seat, originOf(request)), cookies);
      return reply.redirect("/", 303);
    },
  );
}
