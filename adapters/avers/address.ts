import { SverkaError } from "../../src/domain/error.ts";

/**
 * The journal's address as given by a person: http or https, a path prefix kept, without name and password in it.
 * Throws `journal-address` (configuration).
 */
export function journalAddress(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:") || url.hostname === "") {
    throw refused("Адрес журнала (AVERS_URL) не понят: нужен вида http://journal.school.example:8080 или https://….");
  }
  if (url.username !== "" || url.password !== "") {
    throw refused(
      "В адресе журнала (AVERS_URL) не должно быть логина и пароля: задайте их в AVERS_LOGIN и AVERS_PASSWORD.",
    );
  }
  url.search = "";
  url.hash = "";
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

const refused = (sentence: string) => new SverkaError("configuration", "journal-address", sentence);
