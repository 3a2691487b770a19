// The desk's own small script: the current page's tab in view, what is folded on phones open elsewhere, and no lost
// request without a word.
"use strict";

document.querySelector(".desk-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

if (matchMedia("(min-width: 62rem)").matches) {
  for (const folded of document.querySelectorAll("details[data-open-wide]")) folded.open = true;
}

const lost = document.querySelector("[data-when-lost]");
if (lost) {
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(name, () => {
      lost.hidden = false;
      lost.scrollIntoView({ block: "nearest" });
    });
  }
  document.body.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.xhr.status < 400) lost.hidden = true;
  });
}
