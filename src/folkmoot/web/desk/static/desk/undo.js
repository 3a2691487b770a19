// Counts down what is left to take something back: <form data-undo="47"> with a [data-undo-left] in its button.
// At nought the form goes; whoever presses a moment too late is told so. Without this script the number stands still.
"use strict";

for (const form of document.querySelectorAll("form[data-undo]")) {
  const ends = Date.now() + Number(form.dataset.undo) * 1000;
  const left = form.querySelector("[data-undo-left]");
  const tick = setInterval(() => {
    const seconds = Math.ceil((ends - Date.now()) / 1000);
    left.textContent = String(Math.max(0, seconds));
    if (seconds > 0) return;
    clearInterval(tick);
    form.closest("[data-undo-box]").hidden = true;
  }, 500);
}
