import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { toBase32 } from "../domain/access/base32.ts";
import type { HmacSha1 } from "../domain/access/totp.ts";

/** What a browser holds: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What the store holds instead: a token or code is long enough that its plain hash tells nothing. */
export const digestOf = (secret: string): string => createHash("sha256").update(secret, "utf8").digest("hex");

/** A code to be typed by hand: 120 random bits in six groups, so many that their plain hash tells nothing. */
export const newCode = (): string => toBase32(randomBytes(15)).replace(/(.{4})(?=.)/g, "$1-");

/** However it is typed: case, spaces, hyphens, 0 and O, 1 and I, Cyrillic letters that look the same. */
export function plainCode(typed: string): string {
  const alike: Readonly<Record<string, string>> = {
    А: "A",
    В: "B",
    С: "C",
    Е: "E",
    Н: "H",
    К: "K",
    М: "M",
    О: "O",
    Р: "P",
    Т: "T",
    Х: "X",
    У: "Y",
    З: "3",
    "0": "O",
    "1": "I",
  };
  return [...typed.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "")].map((letter) => alike[letter] ?? letter).join("");
}

export const digestOfCode = (typed: string): string => digestOf(`code/${plainCode(typed)}`);

/**
 * What each form of a browser carries: it follows from the token, which no foreign page knows. Another text for every page, so that the length of compressed pages
 * tells nobody what stands in it (BREACH).
 */
export function newFormToken(token: string): string {
  const nonce = randomBytes(12).toString("base64url");
  return `${nonce}.${formProof(token, nonce)}`;
}

export function isFormToken(given: string, token: string): boolean {
  const [nonce = "", proof = ""] = given.split(".");
  const [told, own] = [Buffer.from(proof), Buffer.from(formProof(token, nonce))];
  return told.length === own.length && timingSafeEqual(told, own);
}

const formProof = (token: string, nonce: string): string =>
  createHmac("sha256", token).update(`form/${nonce}`).digest("base64url");

export const hmacSha1: HmacSha1 = (key, message) => createHmac("sha1", key).update(message).digest();

/** AES-256-GCM, bound to whom it belongs to. */
export interface Cipher {
  seal(plain: Uint8Array, owner: string): Buffer;
  /** Null: with another key, or for another owner. */
  open(sealed: Uint8Array, owner: string): Buffer | null;
}

export function createCipher(key: Uint8Array): Cipher {
  const [NONCE, TAG] = [12, 16];
  return {
    seal(plain, owner) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(owner));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, owner) {
      try {
        const bytes = Buffer.from(sealed);
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE))
          .setAAD(Buffer.from(owner))
          .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}
