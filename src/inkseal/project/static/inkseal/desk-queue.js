// Keys of the queue, the preview beside it, and a quiet look for news every half minute. Links work without this.
import { localize } from "./desk-time.js";

const REFRESH_MS = 30_000;
const peek = document.querySelector(".peek");
const rows = () => [...document.querySelectorAll("tr[data-book]")];
const chosen = () => document.querySelector('tr[aria-selected="true"]');
let asked = 0;

async function page(address) {
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" }, redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

async function choose(row) {
  if (!row || row === chosen()) return;
  chosen()?.removeAttribute("aria-selected");
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  const place = new URL(location.href);
  place.searchParams.set("row", row.dataset.book);
  history.replaceState(null, "", place);
  const number = ++asked;
  peek.classList.add("loading");
  try {
    const text = await page(row.dataset.peek);
    if (number !== asked) return;
    peek.innerHTML = text;
    localize(peek);
  } catch { /* the row's link still opens it */ } finally {
    peek.classList.remove("loading");
  }
}

function step(by) {
  const all = rows();
  const index = all.indexOf(chosen());
  choose(all[Math.min(Math.max(index + by, 0), all.length - 1)]);
}

const isTyping = (target) => target.matches("input, textarea, select");
const keys = { j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
  "/": () => document.querySelector(".find input[type=search]").focus(),
  Enter: () => chosen()?.querySelector("a.title").click() };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Enter" && event.target.matches("a, button, summary")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-book]");
  if (row && !event.target.closest("a")) choose(row);
});

async function refresh() {
  if (document.hidden) return;
  const fresh = document.querySelector("[data-part=fresh]");
  try {
    const next = new DOMParser().parseFromString(await page(location.href), "text/html");
    for (const part of ["rows", "total", "fresh"]) {
      const here = document.querySelector(`[data-part=${part}]`);
      const there = next.querySelector(`[data-part=${part}]`);
      if (here.innerHTML !== there.innerHTML) here.innerHTML = there.innerHTML;
    }
    for (const count of next.querySelectorAll("[data-count]")) {
      document.querySelector(`[data-count=${count.dataset.count}]`).textContent = count.textContent;
    }
    fresh.classList.remove("stale");
    localize(document);
  } catch {
    if (fresh.classList.contains("stale")) return;
    fresh.classList.add("stale");
    fresh.firstChild.textContent = `${fresh.dataset.stale} `;
  }
}
setInterval(refresh, REFRESH_MS);
document.addEventListener("visibilitychange", refresh);
