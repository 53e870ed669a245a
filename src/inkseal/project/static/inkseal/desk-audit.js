// Keys of the audit page. One stroke chooses, Ctrl Enter commits; everything works by mouse and without this file too.
import { localize } from "./desk-time.js";

const form = document.querySelector("#decision");
const sides = document.querySelector(".sides");
const strip = [...document.querySelectorAll(".strip a")];
const isTyping = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

function show(link) {
  if (!link || !link.dataset.photo !== !document.querySelector(".strip [aria-current]").dataset.photo) {
    if (link) location.assign(link.href);
    return;
  }
  strip.forEach((each) => each.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "page");
  const zoomed = sides.classList.contains("zoomed");
  const print = sides.querySelector("[data-side=print]");
  print.href = link.dataset.zoom;
  print.firstElementChild.src = zoomed ? link.dataset.zoom : link.dataset.print;
  const photo = sides.querySelector("[data-side=photo]");
  if (photo) photo.firstElementChild.src = photo.href = link.dataset.photo;
  sides.querySelectorAll("[data-number]").forEach((each) => { each.textContent = link.dataset.page; });
  document.querySelectorAll("input[name=page]").forEach((each) => { each.value = link.dataset.page; });
  history.replaceState(null, "", link.href);
}

const turn = (by) => show(strip[strip.findIndex((each) => each.hasAttribute("aria-current")) + by]);

function zoom(event) {
  const current = document.querySelector(".strip [aria-current]");
  const on = sides.classList.toggle("zoomed");
  const print = sides.querySelector("[data-side=print] img");
  print.src = on ? current.dataset.zoom : current.dataset.print;
  const views = [...sides.querySelectorAll(".view")];
  const box = event?.currentTarget?.getBoundingClientRect?.();
  const across = box ? (event.clientX - box.left) / box.width : 0.5;
  const down = box ? (event.clientY - box.top) / box.height : 0.3;
  views.forEach((view) => view.scrollTo((view.scrollWidth - view.clientWidth) * across, (view.scrollHeight - view.clientHeight) * down));
}

/* Zoomed, both sides show the same place: the one that is moved leads. */
document.addEventListener("scroll", (event) => {
  const lead = event.target;
  if (!sides?.classList.contains("zoomed") || !lead.matches?.(".view") || !lead.matches(":hover, :focus-within")) return;
  for (const view of sides.querySelectorAll(".view")) {
    if (view !== lead) view.scrollTo(lead.scrollLeft, lead.scrollTop * (view.scrollHeight - view.clientHeight) / Math.max(lead.scrollHeight - lead.clientHeight, 1));
  }
}, true);

async function reveal(address, options) {
  const part = document.querySelector("[data-part=data]");
  const answer = await fetch(address, options);
  if (!answer.ok) return location.reload();
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  part.replaceChildren(...next.querySelector("[data-part=data]").childNodes);
  mark();
}

function toggleDigits() {
  const button = document.querySelector(".reveal button, .reveal a[data-hide]");
  button?.click();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".reveal")) return;
  event.preventDefault();
  reveal(event.target.action, { method: "POST", body: new FormData(event.target) });
});

/* The author's text follows the chosen reason until the auditor writes his own. */
const text = form?.querySelector("textarea[name=reason]");
let offered = "";
function offer() {
  const says = form.querySelector("[name=reason_id]:checked")?.dataset.says ?? "";
  if (text.value.trim() === "" || text.value === offered) text.value = offered = says;
}
function mark() {
  const ticked = new Set([...(form?.querySelectorAll("[name=target]:checked") ?? [])].map((each) => each.value));
  for (const row of document.querySelectorAll("[data-target]")) {
    const box = form?.querySelector(`[name=target][value="${row.dataset.target}"]`);
    row.classList.toggle("js-pick", Boolean(box));
    row.classList.toggle("marked", ticked.has(row.dataset.target) && form.elements.decision.value === "info");
  }
}
form?.addEventListener("change", (event) => {
  if (event.target.name === "reason_id") offer();
  if (event.target.name === "decision" && event.target.value !== "info" && event.target.value !== "contract") form.elements.reason_id.value = "";
  if (event.target.name === "target" && event.target.checked) event.target.closest("li").querySelector(".note-line input").focus();
  mark();
});
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.querySelectorAll("button").forEach((each) => each.setAttribute("aria-busy", "true"));
});
document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-target]");
  if (row && form?.elements.decision.value === "info") {
    form.querySelector(`[name=target][value="${row.dataset.target}"]`)?.click();
  }
  const hide = event.target.closest("a[data-hide]");
  const link = event.target.closest(".strip a");
  const view = event.target.closest("a.view");
  if ((!hide && !link && !view) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (hide) reveal(hide.href, {});
  if (link) show(link);
  if (view) zoom({ currentTarget: view, clientX: event.clientX, clientY: event.clientY });
});

const choose = (value) => form?.querySelector(`[name=decision][value=${value}]`)?.click();
const follow = (key) => document.querySelector(`a[data-key=${key}]`)?.click();
const keys = { ArrowLeft: () => turn(-1), ArrowRight: () => turn(1), z: () => zoom(), h: toggleDigits,
  p: () => choose("pass"), d: () => choose("info"), u: () => choose("contract"),
  j: () => follow("j"), k: () => follow("k"), Escape: () => follow("Escape") };

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return form?.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const reason = form?.querySelector(`.reasons [data-key="${CSS.escape(event.key)}"]`);
  const act = reason?.offsetParent ? () => reason.click() : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
window.addEventListener("pageshow", () => {
  if (!form) return;
  delete form.dataset.sent;
  form.querySelectorAll("button").forEach((each) => each.removeAttribute("aria-busy"));
  mark();
});
localize(document);
