// Drafts: <form data-draft="key"> keeps what was typed in this browser until a page says data-draft-done="key".
// Never kept: passwords, files, hidden fields. A draft older than a week is dropped unread.
"use strict";

const WEEK = 7 * 24 * 3600 * 1000;
const place = (key) => `folkmoot.draft.${key}`;

for (const done of document.querySelectorAll("[data-draft-done]")) {
  localStorage.removeItem(place(done.dataset.draftDone));
}
for (const form of document.querySelectorAll("form[data-draft]")) {
  keep(form, place(form.dataset.draft));
}

function keep(form, key) {
  const line = form.querySelector("[data-draft-line]");
  const kept = read(key);
  if (kept && restore(form, kept) && line) line.hidden = false;
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(now, 300);
  });
  const rest = () => { waiting = clearTimeout(waiting); };
  const now = () => {
    if (!waiting) return;
    rest();
    save(form, key, line);
  };
  addEventListener("pagehide", now);  // somebody who types and leaves at once loses nothing
  form.addEventListener("submit", () => { rest(); save(form, key, line); });
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    rest();
    localStorage.removeItem(key);
    for (const field of fields(form)) empty(field);
    line.hidden = true;
    fields(form)[0]?.focus();
  });
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && field.willValidate !== undefined
    && !["password", "file", "hidden", "submit", "button", "fieldset"].includes(field.type));
}

function save(form, key, line) {
  const values = {};
  for (const field of fields(form)) {
    const ticked = ["checkbox", "radio"].includes(field.type);
    if (ticked ? field.checked : field.value) (values[field.name] ||= []).push(field.value);
  }
  try {
    if (Object.keys(values).length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    else localStorage.removeItem(key);
    if (line) line.hidden = Object.keys(values).length === 0;
  } catch {
    // Storage is full or forbidden: then nothing claims that a draft was kept.
    if (line) line.hidden = true;
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept && Date.now() - kept.at < WEEK) return kept.values;
    localStorage.removeItem(key);
  } catch {
    // Unreadable or forbidden storage holds no draft.
  }
  return null;
}

// What the server sent back in the form wins over the draft; returns whether anything was filled in.
function restore(form, values) {
  const answered = new Set(fields(form).filter((field) => field.defaultChecked).map((field) => field.name));
  let filled = false;
  for (const field of fields(form)) {
    const kept = values[field.name];
    if (!kept || answered.has(field.name)) continue;
    if (["checkbox", "radio"].includes(field.type)) {
      field.checked = kept.includes(field.value);
      filled ||= field.checked;
    } else if (field.tagName === "SELECT" ? !field.querySelector("option[selected]") : !field.value) {
      field.value = kept[0];
      filled = true;
    }
  }
  return filled;
}

function empty(field) {
  if (["checkbox", "radio"].includes(field.type)) field.checked = false;
  else if (field.tagName === "SELECT") field.selectedIndex = 0;
  else field.value = "";
}
