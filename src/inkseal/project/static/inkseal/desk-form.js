// Ctrl Enter sends the form; a second press while it is on its way sends nothing.
const form = document.querySelector("form.terms");
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  form.querySelector("button.primary").setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  delete form.dataset.sent;
  form.querySelector("button.primary").removeAttribute("aria-busy");
});
