// Shows the guardian's question as soon as the date of birth says that the author is under age.
const birthday = document.querySelector("[name=birthday]");
const questions = document.querySelectorAll("[data-minors]");

function show() {
  const born = birthday.valueAsDate;
  if (!born) return;
  const grown = new Date(Date.UTC(born.getUTCFullYear() + 18, born.getUTCMonth(), born.getUTCDate()));
  for (const question of questions) question.hidden = grown <= new Date();
}

birthday?.addEventListener("input", show);
if (birthday) show();
