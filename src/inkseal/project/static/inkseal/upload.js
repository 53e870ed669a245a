// Sends chosen pictures one after another, says how far it is, and shows the page as the server sees it then.
// Each answer is the whole page; the part with the pages is taken out of it.
document.addEventListener("change", (event) => {
  if (event.target.type === "file" && event.target.form?.matches("[data-upload]")) start(event.target.form);
});

async function start(form) {
  const files = [...form.elements.pictures.files];
  if (!files.length || form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const refused = [];
  let page = null;
  try {
    for (const [done, file] of files.entries()) {
      page = await send(form, file, (share) => show(form, done, files.length, share));
      refused.push(...page.querySelectorAll(".picker .said .msg"));
    }
  } catch {
    refused.push(lost(form));
    page ??= document;
  }
  finish(form, page, refused);
}

function show(form, done, total, share) {
  form.querySelector(".going span").textContent = `${form.dataset.reading} ${done + 1}/${total}`;
  form.querySelector("progress").value = (done + share) / total;
}

function send(form, file, progress) {
  const body = new FormData(form);
  body.delete("pictures");
  body.append("pictures", file);
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", form.action);
    call.responseType = "document";
    call.upload.onprogress = (event) => progress((0.7 * event.loaded) / event.total);
    call.onload = () => (call.response?.querySelector("#pages") ? resolve(call.response) : reject(new Error(String(call.status))));
    call.onerror = () => reject(new Error("network"));
    progress(0);
    call.send(body);
  });
}

function lost(form) {
  const line = document.createElement("p");
  line.className = "msg";
  line.textContent = form.dataset.lost;
  return line;
}

function finish(form, page, refused) {
  const place = form.querySelector("input[type=file]").id;
  const here = document.querySelector("#pages");
  if (page !== document) {
    for (const line of page.querySelectorAll(".picker .said .msg")) line.remove();
    here.replaceWith(document.adoptNode(page.querySelector("#pages")));
  }
  const again = document.getElementById(place)?.form ?? document.querySelector(".picker");
  const list = again?.querySelector(".said") ?? document.querySelector("main .head");
  list?.append(...refused);
  for (const picker of document.querySelectorAll(".picker[aria-busy]")) picker.removeAttribute("aria-busy");
  if (!refused.length) document.querySelector("main h1")?.scrollIntoView({ block: "nearest" });
}
