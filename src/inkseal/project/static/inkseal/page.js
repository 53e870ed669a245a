// What every page does: times in the zone and language of the device, menus that close when one goes elsewhere,
// and the first field to change in focus after a form came back.
// British order in English: the day before the month, as everywhere on our pages.
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const shapes = {
  clock: { hour: "2-digit", minute: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  day: { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" },
};

function localise(root) {
  for (const time of root.querySelectorAll("time[datetime][data-shape]")) {
    const moment = new Date(time.dateTime);
    const today = new Date().toDateString() === moment.toDateString();
    const shape = time.dataset.shape === "clock" && !today ? "day" : time.dataset.shape;
    time.textContent = new Intl.DateTimeFormat(language, { ...shapes[shape], hourCycle: shape === "date" ? undefined : "h23" }).format(moment);
    delete time.dataset.shape;
  }
}

localise(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node.querySelectorAll) localise(node.parentElement ?? node);
}).observe(document.body, { childList: true, subtree: true });

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

if (document.querySelector("[role=alert]")) document.querySelector("[aria-invalid=true]")?.focus();
