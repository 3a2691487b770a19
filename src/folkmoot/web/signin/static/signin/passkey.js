// Shows what passkeys need only where the browser has them, and says so when one was not used.
"use strict";

const able = "PublicKeyCredential" in window;
for (const part of document.querySelectorAll("[data-needs-passkey]")) part.hidden = !able;
for (const part of document.querySelectorAll("[data-without-passkey]")) part.hidden = able;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const part of document.querySelectorAll("[data-passkey-error]")) {
    part.hidden = false;
    part.focus();
  }
});
