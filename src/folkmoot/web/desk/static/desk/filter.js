// A long list of choices made short: [data-filter-input] shows those inside the same [data-filter] that hold its
// words. What is ticked always stays in view. Without this script the list is simply long.
"use strict";

for (const list of document.querySelectorAll("[data-filter]")) {
  const tool = list.querySelector("[data-filter-tool]");
  const input = list.querySelector("[data-filter-input]");
  const none = list.querySelector("[data-filter-none]");
  const choices = [...list.querySelectorAll(".choice")];
  tool.hidden = false;
  const box = list.querySelector(".choices");
  const ticked = choices.find((choice) => choice.querySelector(":checked"));
  if (ticked) box.scrollTop = ticked.offsetTop - choices[0].offsetTop;  // what was chosen before is in sight
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();  // it finds rules, and sends nothing
  });
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    const asked = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const choice of choices) {
      const text = choice.textContent.toLowerCase();
      choice.hidden = !choice.querySelector(":checked") && !asked.every((word) => text.includes(word));
    }
    none.hidden = choices.some((choice) => !choice.hidden);
  });
}
