// Drop a file anywhere on the page; the form does the rest. Without this file the plain field works.
const form = document.querySelector(".drop");
const input = form.querySelector("input[type=file]");
const chosen = form.querySelector(".chosen");
form.classList.add("scripted");

const tell = () => { chosen.textContent = input.files[0]?.name ?? ""; };
input.addEventListener("change", tell);
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
}
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  tell();
  form.requestSubmit();
});
form.addEventListener("submit", () => form.querySelector("button").setAttribute("aria-busy", "true"));
window.addEventListener("pageshow", () => { form.querySelector("button").removeAttribute("aria-busy"); tell(); });
