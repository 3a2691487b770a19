// Asks again every so many seconds: an element with [data-poll="20"] and hx-trigger="poll". It rests while nobody looks
// or the network is gone, waits twice as long after each failure, and does not fetch again what has not changed.
// Without this script nothing is asked, and the page is as it was when it was opened.
"use strict";

const LONGEST = 300_000; // milliseconds

addEventListener("load", () => document.querySelectorAll("[data-poll]").forEach(watch)); // htmx is ready by then

function watch(part) {
  const usual = Number(part.dataset.poll) * 1000;
  let wait = usual;
  let timer = 0;
  let etag = "";

  const rests = () => document.hidden || !navigator.onLine;
  const ask = () => {
    clearTimeout(timer);
    if (rests()) return;
    timer = setTimeout(ask, wait);
    part.dispatchEvent(new Event("poll"));
  };

  part.addEventListener("htmx:configRequest", (event) => {
    if (etag) event.detail.headers["If-None-Match"] = etag;
  });
  part.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 304) event.detail.shouldSwap = false;
  });
  part.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    const well = answer.status === 304 || (answer.status >= 200 && answer.status < 300);
    wait = well ? usual : Math.min(wait * 2, LONGEST);
    if (well) etag = answer.getResponseHeader("ETag") ?? "";
    clearTimeout(timer);
    if (!rests()) timer = setTimeout(ask, wait);
  });
  // Nobody asked for it, so nobody is told that it failed.
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    part.addEventListener(name, (event) => event.stopPropagation());
  }
  document.addEventListener("visibilitychange", ask);
  addEventListener("online", ask);
  if (part.hasAttribute("data-poll-later")) timer = setTimeout(ask, wait);
  else ask();
}
