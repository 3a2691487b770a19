// Copy buttons: <button data-copy="#id" data-copied="Copied" hidden>. Shown only where copying works.
"use strict";

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    const label = button.textContent;
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.copy);
      await navigator.clipboard.writeText(("value" in source ? source.value : source.innerText).trim());
      button.textContent = button.dataset.copied || "Copied";
      setTimeout(() => { button.textContent = label; }, 4000);
    });
  }
}
