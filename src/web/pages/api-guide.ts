import { SCOPE_NAMES } from "../../domain/access/tokens.ts";
import { type DocumentedParameter, openApiDocument, parametersOf, problemsOf } from "../api/openapi.ts";
import type { Operation } from "../api/operation.ts";
import { OPERATIONS } from "../api/operations.ts";
import { API, PROBLEMS } from "../api/problem.ts";
import type { Door } from "../doors/door.ts";
import type { Doors } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";

const see: Door = { kind: "right", action: "tokens.see" };

type Schema = Readonly<Record<string, unknown>>;

/** The page of `/api/v1`, written from its own document. */
export function addApiGuide(doors: Doors): void {
  const document = openApiDocument();
  const { schemas } = document.components as { readonly schemas: Readonly<Record<string, Schema>> };
  const info = document.info as { readonly description: string };
  const problems = [...new Set(OPERATIONS.flatMap(problemsOf))];

  doors.page("/api", see, async () => ({
    title: "Чтение программами",
    here: "/tokens",
    body: html`<section><h1>Чтение программами: ${API}</h1><p>${info.description}</p>
<pre class="place"><code>curl -H "Authorization: Bearer sverka_…" "${doors.needs.site.address ?? "http://127.0.0.1:3000"}${API}/findings?status=open&amp;limit=50"</code></pre>
<p><a class="button quiet" href="/api/openapi.json">Скачать описание OpenAPI 3.1</a></p></section>
${OPERATIONS.map(section)}
<section><h2>Отказы</h2><p>Тело – <code>application/problem+json</code> (RFC 9457): <code>status</code>, <code>code</code> и одно предложение в <code>detail</code>.</p>
${tableOf(
  ["Код", "code", "Что значит"],
  problems.map((code) => [String(PROBLEMS[code][0]), code, PROBLEMS[code][2]]),
)}</section>
<section><h2>Что в ответах</h2>${Object.entries(schemas).map(([id, schema]) => shape(id, schema))}</section>`,
  }));

  doors.file("GET", "/api/openapi.json", see, async () => ({
    name: "sverka-openapi.json",
    type: "application/json; charset=utf-8",
    bytes: JSON.stringify(document, null, 2),
  }));
}

function section(operation: Operation): Html {
  const parameters = parametersOf(operation);
  return html`<section><h2><code>GET ${API}${operation.path}</code> <small>${operation.summary}</small></h2><p>${operation.description} Право ключа: <b>${SCOPE_NAMES[operation.scope]}</b> (<code>${operation.scope}</code>).</p>
${
  parameters.length === 0
    ? null
    : tableOf(
        ["Параметр", "Что"],
        parameters.map((one) => [one.in === "path" ? `{${one.name}}` : `?${one.name}=`, told(one)]),
      )
}</section>`;
}

const told = ({ description, schema }: DocumentedParameter): string =>
  schema.default === undefined ? description : `${description}; если не задано – ${schema.default}`;

function shape(id: string, { description, properties = {} }: Schema): Html {
  const fields = Object.entries(properties as Readonly<Record<string, Schema>>);
  return html`<details><summary><code>${id}</code> – ${String(description ?? "")}</summary>${tableOf(
    ["Поле", "Вид", "Что"],
    fields.map(([name, field]) => [name, typeOf(field), String(field.description ?? "")]),
  )}</details>`;
}

/** «string», «Finding[]», «date-time или null» */
function typeOf(schema: Schema): string {
  if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? "";
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map((one: Schema) => typeOf(one)).join(" или ");
  if (Array.isArray(schema.enum)) return schema.enum.join(" | ");
  if (schema.type === "array") return `${typeOf((schema.items ?? {}) as Schema)}[]`;
  return typeof schema.format === "string" ? schema.format : String(schema.type ?? "");
}

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<table class="cards"><thead><tr>${heads.map((head) => html`<th scope="col" class="words">${head}</th>`)}</tr></thead><tbody>${rows.map(
    ([first = "", ...rest]) =>
      html`<tr><th scope="row"><code>${first}</code></th>${rest.map((text, i) => html`<td class="words" data-label="${heads[i + 1] ?? ""}"><span>${text}</span></td>`)}</tr>`,
  )}</tbody></table>`;
}
