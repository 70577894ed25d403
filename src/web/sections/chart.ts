import { type Html, html } from "../html.ts";

export interface ChartLine {
  readonly name: string;
  /** How it is drawn: a full or a broken line, so that colour is not all that tells them apart. */
  readonly kind: "full" | "broken";
  /** Per cent, one for each label; null: nothing to say. */
  readonly values: readonly (number | null)[];
}

const [WIDTH, HEIGHT] = [400, 190];
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 14, 10, 26];
const MOST_LABELS = 6;

/** Shares over time, made here: no script draws it. `said` is for whoever cannot see it; the numbers themselves stand in a table beside. */
export function shareChart(labels: readonly string[], lines: readonly ChartLine[], said: string): Html {
  const x = (i: number) => round(LEFT + (labels.length < 2 ? 0.5 : i / (labels.length - 1)) * (WIDTH - LEFT - RIGHT));
  const y = (share: number) => round(TOP + (1 - share / 100) * (HEIGHT - TOP - BOTTOM));
  const every = Math.ceil(labels.length / MOST_LABELS);
  const grid = [0, 25, 50, 75, 100].map(
    (share) =>
      html`<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share)}" y2="${y(share)}"/><text x="${LEFT - 6}" y="${y(share) + 4}" text-anchor="end">${share}${share === 100 ? "\u00a0%" : ""}</text>`,
  );
  const names = labels.map((label, i) =>
    i % every === 0 ? html`<text x="${x(i)}" y="${HEIGHT - 8}" text-anchor="middle">${label}</text>` : null,
  );
  const drawn = lines.map(({ kind, values }) => {
    const points = values.map((share, i) => (share === null ? null : `${x(i)} ${y(share)}`));
    const path = points
      .map((point, i) => (point === null ? "" : `${points[i - 1] == null ? "M" : "L"}${point}`))
      .join("");
    const dots = values.map((share, i) =>
      share === null ? null : html`<circle cx="${x(i)}" cy="${y(share)}" r="2.6"/>`,
    );
    return html`<g class="${kind}"><path d="${path}"/>${dots}</g>`;
  });
  return html`<figure class="chart"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${said}"><g class="grid">${grid}${names}</g>${drawn}</svg>
<figcaption>${lines.map(({ name, kind }) => html`<span class="${kind}"><svg viewBox="0 0 24 8" aria-hidden="true"><path d="M0 4H24"/></svg> ${name}</span> `)}</figcaption></figure>`;
}

const round = (n: number): number => Math.round(n * 10) / 10;
