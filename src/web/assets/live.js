// A page that changes by itself is made fresh without moving its reader: what is unfolded stays so, and nothing happens while somebody types.
const main = document.querySelector("main[data-refresh]");

const later = () => setTimeout(again, Number(main.dataset.refresh) * 1000);

async function again() {
  const typing = main.querySelector(":is(input, select, textarea):focus");
  if (!document.hidden && typing === null) await refresh().catch(() => undefined);
  later();
}

async function refresh() {
  // Says that nobody has done anything: a page left open does not keep its owner signed in.
  const answer = await fetch(location.href, { headers: { "X-By-Itself": "1" } });
  if (answer.redirected) location.reload();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (fresh === null) return;
  const titleOf = (details) => details.querySelector("summary")?.textContent;
  const open = new Set([...main.querySelectorAll("details[open]")].map(titleOf));
  for (const details of fresh.querySelectorAll("details")) if (open.has(titleOf(details))) details.open = true;
  main.replaceChildren(...fresh.childNodes);
  main.dataset.refresh = fresh.dataset.refresh ?? main.dataset.refresh;
}

if (main !== null) later();
