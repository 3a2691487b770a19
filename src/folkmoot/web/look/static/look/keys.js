// Keys for those who like them: "?" shows them all. They rest in fields and in dialogs, never stand in for anything that
// could not be reached without them, and can be switched off. What a key does is written in the page: [data-key="d"] is
// pressed or followed; [data-go="q"] is followed after "g"; j and k move the focus along [data-keys-row].
"use strict";

const OFF = "folkmoot-keys-off"; // in this browser only
const dialog = document.querySelector("[data-keys]");
const choice = dialog.querySelector("[data-keys-on]");
let went = -Infinity; // when "g" was pressed

choice.checked = localStorage.getItem(OFF) === null;
choice.addEventListener("change", () => {
  if (choice.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});
for (const opener of document.querySelectorAll("[data-keys-open]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
}
dialog.querySelector("[data-keys-close]").addEventListener("click", () => dialog.close());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (dialog.open || document.querySelector("dialog[open]") || inField(event.target)) return;
  if (event.key === "?") {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  if (!choice.checked) return;
  const done = event.timeStamp - went < 1500 ? go(event.key) : press(event.key);
  if (event.key !== "g") went = -Infinity;
  if (done) event.preventDefault();
});

function inField(part) {
  if (part.isContentEditable) return true;
  if (part.matches("input")) return !["checkbox", "radio", "button", "submit"].includes(part.type);
  return part.matches("textarea, select");
}

function go(key) {
  const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  link?.click();
  return Boolean(link);
}

function press(key) {
  const rows = [...document.querySelectorAll("[data-keys-row]")];
  const here = rows.find((row) => row.contains(document.activeElement));
  switch (key) {
    case "g":
      went = performance.now();
      return true;
    case "/":
      return focus(document.querySelector("[data-keys-search], input[type=search]"));
    case "j":
      return focus(title(rows[here ? Math.min(rows.indexOf(here) + 1, rows.length - 1) : 0]));
    case "k":
      return focus(title(rows[here ? Math.max(rows.indexOf(here) - 1, 0) : rows.length - 1]));
    case "o":
      return follow(here && title(here));
    case "x":
      return follow(here?.querySelector("input[type=checkbox]"));
    case "c":
    case "d":
    case "n":
    case "u":
      return follow((here ?? document).querySelector(`[data-key="${key}"]`) ?? alone(key));
  }
  return false;
}

function alone(key) {
  return [...document.querySelectorAll(`[data-key="${key}"]`)].find((part) => !part.closest("[data-keys-row]"));
}

function title(row) {
  return row?.querySelector(".row-title");
}

function focus(part) {
  part?.focus();
  part?.scrollIntoView({ block: "nearest" });
  return Boolean(part);
}

function follow(part) {
  part?.click();
  return Boolean(part);
}
