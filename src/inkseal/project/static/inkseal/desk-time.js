// Times come from the server in UTC; here they are said in the device's own zone.
const shapes = {
  short: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
};
// Plain "en" would put the month first; dates here read day, month.
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

export function localize(root) {
  for (const time of root.querySelectorAll("time[data-short], time[data-seconds]")) {
    const shape = shapes["seconds" in time.dataset ? "seconds" : "short"];
    time.textContent = new Date(time.dateTime).toLocaleString(language, shape).replace(",", "");
  }
}

localize(document);
