// Questions that only some answers need: what carries [data-asked-by="outcome=remove outcome=warn"] is shown while one
// of these is chosen in its form. Without this script all questions are there, and those that do not matter are ignored.
"use strict";

const asked = [...document.querySelectorAll("[data-asked-by]")];

for (const form of new Set(asked.map((part) => part.closest("form")))) {
  form.addEventListener("change", () => look(form));
  look(form);
}

function look(form) {
  const chosen = new Set([...form.querySelectorAll(":checked")].map((input) => `${input.name}=${input.value}`));
  for (const part of asked) {
    if (part.closest("form") !== form) continue;
    const needed = part.dataset.askedBy.split(" ").some((answer) => chosen.has(answer));
    part.hidden = !needed && !part.querySelector(".is-wrong, .field-error");
  }
}
