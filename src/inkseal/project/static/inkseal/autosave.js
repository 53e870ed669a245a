// Keeps each field while the author goes on typing. What is not sent yet stays in the page and nowhere else:
// a phone's storage is no place for a passport number.
const form = document.querySelector("form[data-autosave]");
const line = document.querySelector("#saved");
const need = document.querySelector("#need");
const waiting = new Map();
let timer = 0;
let running = false;

function say(words, waits) {
  line.classList.toggle("waits", waits);
  line.textContent = words;
}

function values(name) {
  const box = form.querySelector(`[name="${name}"]`).closest("[data-field]");
  return [...box.querySelectorAll("[name]")].filter((control) => control.type !== "radio" || control.checked).filter((control) => control.type !== "submit");
}

function note(event) {
  const control = event.target;
  if (!control.name || control.type === "hidden" || control.type === "submit") return;
  const box = control.closest("[data-field]");
  if (box) waiting.set(box.dataset.field, control.name);
  clearTimeout(timer);
  timer = setTimeout(send, event.type === "change" ? 0 : 1200);
}

async function send() {
  if (running || !waiting.size) return;
  running = true;
  const [field, name] = waiting.entries().next().value;
  waiting.delete(field);
  say(line.dataset.saving, false);
  try {
    await keep(field, name);
  } catch {
    waiting.set(field, name);
    say(navigator.onLine ? line.dataset.failed : line.dataset.offline, true);
    timer = setTimeout(send, 5000);
  } finally {
    running = false;
  }
  if (waiting.size && !line.classList.contains("waits")) await send();
}

async function keep(field, name) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  const sent = values(name);
  for (const control of sent) body.set(control.name, control.value);
  const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { "HX-Request": "true" } });
  const elsewhere = answer.headers.get("HX-Redirect");
  if (elsewhere) return window.location.assign(elsewhere);
  if (!answer.ok) throw new Error(String(answer.status));
  const { message, saved, need: still } = await answer.json();
  form.querySelector(`#about-${field}`).innerHTML = message;
  for (const control of sent) control.setAttribute("aria-invalid", String(Boolean(message.trim())));
  line.classList.remove("waits");
  line.innerHTML = saved;
  need.innerHTML = still;
}

function take(event) {
  const button = event.target.closest("button[data-proposal]");
  if (!button) return;
  event.preventDefault();
  const control = form.querySelector(`[name="${button.value}"]`);
  control.value = button.dataset.proposal;
  control.focus();
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

if (form) {
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("click", take);
  window.addEventListener("online", send);
  window.addEventListener("offline", () => waiting.size && say(line.dataset.offline, true));
  window.addEventListener("beforeunload", (event) => waiting.size && event.preventDefault());
  form.addEventListener("submit", () => waiting.clear());
}
