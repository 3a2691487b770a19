// Drafts: <form data-draft="key"> keeps what was typed in this browser until a page says data-draft-done="key", and
// leaves only when the server can be reached. A page in between (check your answers) has data-draft-sends="key".
// Never kept: passwords, files, fields with data-unkept (what stays sealed), hidden fields; but visitors' forms keep the number that
// lets one count once that was sent and got no answer. Nothing of a draft is sent anywhere. It goes after a week, when somebody signs out, and when somebody else signs in. docs/look.md says more.

const WEEK = 7 * 24 * 3600 * 1000;
const PATIENCE = 8000;  // milliseconds for the server to say that it is there
const FIRST = "folkmoot.draft.";
const own = document.body.dataset.draftOf;  // whose drafts: nobody's on public pages
const place = (key) => FIRST + (own ? `${own}/${key}` : key);

forget((key) => own && key.includes("/") && !key.startsWith(`${FIRST}${own}/`));
for (const form of document.querySelectorAll("form[data-forget-drafts]")) {
  form.addEventListener("submit", () => forget(() => true));
}
for (const done of document.querySelectorAll("[data-draft-done]")) {
  localStorage.removeItem(place(done.dataset.draftDone));
}
for (const form of document.querySelectorAll("form[data-draft]")) {
  say(form, form.dataset.draft);
  keep(form, place(form.dataset.draft));
}
for (const form of document.querySelectorAll("form[data-draft-sends]")) {
  const key = place(form.dataset.draftSends);
  say(form, form.dataset.draftSends);
  mark(key, false);  // this page is the answer to what was sent
  sendWhenReached(form, () => mark(key, true));
}

function keep(form, key) {
  const line = form.querySelector("[data-draft-line]");
  const fresh = hidden(form);
  const first = starting(form);
  const kept = read(key);
  const back = kept && restore(form, kept);
  if (back && line) tell(line, kept.at, kept.sent && !answered(form, kept));
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(now, 300);
  });
  const rest = () => { waiting = clearTimeout(waiting); };
  const now = () => {
    if (!waiting) return;
    rest();
    save(form, key, line, first);
  };
  addEventListener("pagehide", now);  // somebody who types and leaves at once loses nothing
  sendWhenReached(form, () => {
    rest();
    save(form, key, line, first, true);
  }, () => {
    rest();
    save(form, key, line, first);
  });
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    rest();
    localStorage.removeItem(key);
    for (const field of fields(form)) put(field, first[field.name] || []);
    for (const field of twice(form)) field.value = fresh[field.name];
    form.dispatchEvent(new Event("change", { bubbles: true }));
    line.hidden = true;
    fields(form)[0]?.focus();
  });
}

// The server is asked first whether it is there: a form that would be lost stays where it is, and the page says so.
function sendWhenReached(form, before, whenLost = () => {}) {
  const lost = form.querySelector("[data-draft-lost]");
  const again = form.querySelector("[data-draft-again]");
  let leaving = false;
  let asking = false;
  form.addEventListener("submit", async (event) => {
    if (leaving || event.defaultPrevented) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    form.setAttribute("aria-busy", "true");  // until the next page is there
    const there = await reached();
    asking = false;
    if (lost) lost.hidden = there;
    if (!there) {
      form.removeAttribute("aria-busy");
      whenLost();
      if (again) again.hidden = true;
      lost?.scrollIntoView({ block: "nearest" });
      return;
    }
    before();
    leaving = true;
    form.requestSubmit(event.submitter);
    setTimeout(() => { leaving = false; });
  });
  addEventListener("pageshow", () => form.removeAttribute("aria-busy"));  // somebody who went back
  addEventListener("online", () => {
    if (!lost || lost.hidden || !again) return;
    lost.hidden = true;
    again.hidden = false;
  });
}

async function reached() {
  if (!navigator.onLine) return false;
  try {
    const answer = await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return answer.status < 500;
  } catch {
    return false;
  }
}

// The server learns which draft has arrived, and nothing of it: the key alone.
function say(form, key) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "draft", value: key });
  form.append(field);
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && field.willValidate !== undefined && !("unkept" in field.dataset)
    && !["password", "file", "hidden", "submit", "button", "fieldset"].includes(field.type));
}

// The form's own number, of visitors' forms: with it, what was sent and got no answer never counts twice. At the desk what
// comes back is a new form: under an old number, words that were changed since would be taken for those of before, and lost.
function twice(form) {
  return own ? [] : [...form.elements].filter((field) => field.type === "hidden" && /(^|-)form_key$/.test(field.name));
}

function hidden(form) {
  return Object.fromEntries(twice(form).map((field) => [field.name, field.value]));
}

function ticks(field) {
  return ["checkbox", "radio"].includes(field.type);
}

function starting(form) {
  const values = {};
  for (const field of fields(form)) {
    const begun = ticks(field) ? (field.defaultChecked ? [field.value] : [])
      : field.tagName === "SELECT" ? [...field.options].filter((one) => one.defaultSelected).map((one) => one.value)
      : field.defaultValue ? [field.defaultValue] : [];
    (values[field.name] ||= []).push(...begun);
  }
  return values;
}

function typed(form) {
  const values = {};
  for (const field of fields(form)) {
    const now = ticks(field) ? (field.checked ? [field.value] : [])
      : field.tagName === "SELECT" ? [...field.selectedOptions].map((one) => one.value).filter(Boolean)
      : field.value ? [field.value] : [];
    (values[field.name] ||= []).push(...now);
  }
  return values;
}

function same(one, other) {
  return JSON.stringify(one || []) === JSON.stringify(other || []);
}

function save(form, key, line, first, sent = false) {
  const values = typed(form);
  const changed = Object.keys(values).filter((name) => !same(values[name], first[name]));
  try {
    if (!changed.length) {
      localStorage.removeItem(key);
      if (line) line.hidden = true;
      return;
    }
    const at = Date.now();
    const kept = Object.fromEntries(changed.map((name) => [name, { was: first[name], now: values[name] }]));
    localStorage.setItem(key, JSON.stringify({ at, sent, values: kept, twice: hidden(form) }));
    if (line) tell(line, at, false);
  } catch {
    // Storage is full or forbidden: then nothing claims that a draft was kept.
    if (line) line.hidden = true;
  }
}

function mark(key, sent) {
  const kept = read(key);
  if (kept) localStorage.setItem(key, JSON.stringify({ ...kept, sent, at: sent ? Date.now() : kept.at }));
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept?.values && Date.now() - kept.at < WEEK) return kept;
    localStorage.removeItem(key);
  } catch {
    // Unreadable or forbidden storage holds no draft.
  }
  return null;
}

// What the server sent wins over the draft, unless the draft was typed over exactly that; returns whether it came back.
function restore(form, kept) {
  const begins = starting(form);
  let filled = false;
  for (const [name, { was, now }] of Object.entries(kept.values)) {
    if (!same(begins[name], was)) continue;
    for (const field of fields(form).filter((one) => one.name === name)) {
      put(field, now);
      filled = true;
    }
  }
  if (filled) {
    if (kept.sent) again(form, kept.twice || {});
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return filled || answered(form, kept);
}

// It counts once for as long as nothing in it is changed: changed words are something new.
function again(form, numbers) {
  const fresh = hidden(form);
  for (const field of twice(form)) field.value = numbers[field.name] || field.value;
  form.addEventListener("input", () => {
    for (const field of twice(form)) field.value = fresh[field.name];
  }, { once: true });
}

// The server has sent the form back with what was typed in it: then it did answer.
function answered(form, kept) {
  const begins = starting(form);
  return Object.entries(kept.values).some(([name, { was, now }]) => !same(was, now) && same(begins[name], now));
}

function put(field, values) {
  if (ticks(field)) field.checked = values.includes(field.value);
  else if (field.tagName === "SELECT") {
    for (const one of field.options) one.selected = values.includes(one.value);
    if (!values.length && !field.multiple) field.selectedIndex = 0;
  } else field.value = values[0] || "";
}

function tell(line, at, unanswered) {
  const moment = new Date(at);
  const today = moment.toDateString() === new Date().toDateString();
  const clock = { hour: "2-digit", minute: "2-digit" };
  const said = new Intl.DateTimeFormat(document.documentElement.lang || "en-GB",
    today ? clock : { day: "numeric", month: "long", ...clock }).format(moment);
  for (const time of line.querySelectorAll("[data-draft-at]")) {
    if (time.textContent !== said) time.textContent = said;  // a reader is told once a minute, not at each letter
  }
  line.querySelector("[data-draft-kept]")?.toggleAttribute("hidden", unanswered);
  line.querySelector("[data-draft-unanswered]")?.toggleAttribute("hidden", !unanswered);
  line.hidden = false;
}

function forget(which) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(FIRST) && which(key)) localStorage.removeItem(key);
    }
  } catch {
    // Forbidden storage holds no draft.
  }
}
