import { SverkaError } from "../domain/error.ts";
import { secretsOf } from "../store/access/accounts.ts";
import { forgive, type ThrottleKey, takeAttempt } from "../store/access/throttle.ts";
import type { AccessNeeds } from "./needs.ts";
import { isPassword } from "./passwords.ts";
import type { Visitor } from "./sessions.ts";

/** Whoever sits at an open page is not always its owner: what changes how one signs in asks for the password again. Throws `password-wait`, `password-old` (input). */
export async function confirmPassword(
  { store, schoolId, clock }: AccessNeeds,
  { account }: Pick<Visitor, "account">,
  password: string,
): Promise<void> {
  const keys: ThrottleKey[] = [{ kind: "code", key: `password/${account.id}` }];
  const until = await takeAttempt(store, schoolId, keys, clock.now());
  if (until !== null)
    throw new SverkaError("input", "password-wait", "Слишком много неверных попыток: подождите несколько минут.");
  const { passwordHash } = await secretsOf(store.pool, schoolId, account.id);
  if (!(await isPassword(password, passwordHash)))
    throw new SverkaError("input", "password-old", "Пароль неверен: введите тот, с которым вы входите.");
  await forgive(store, schoolId, keys);
}
