// Marking a passage: text selected inside [data-passage-source] goes into the field [data-passage-target] and is
// highlighted. Without this script the field is filled by hand.
"use strict";

const source = document.querySelector("[data-passage-source]");
const target = document.querySelector("[data-passage-target]");

if (source && target) {
  for (const help of document.querySelectorAll("[data-passage-help]")) help.hidden = false;
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(take, 250);
  });
  target.addEventListener("input", () => highlight(find(target.value)));
  highlight(find(target.value));
  document.querySelector("[data-passage-whole]")?.addEventListener("click", () => {
    const whole = document.createRange();
    whole.selectNodeContents(source);
    mark(whole);
  });
}

function take() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (source.contains(range.commonAncestorContainer)) mark(range);
}

function mark(range) {
  const text = written(range.cloneContents()).trim();
  if (!text || text === target.value) return;
  target.value = text;
  highlight(range.cloneRange());
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

// What the person wrote: unseen characters themselves, not the names that we show for them.
function written(fragment) {
  for (const unseen of fragment.querySelectorAll(".unseen")) unseen.replaceWith(character(unseen));
  return fragment.textContent;
}

function character(unseen) {
  return String.fromCodePoint(parseInt(unseen.dataset.code, 16));
}

function find(text) {
  if (!text.trim()) return null;
  const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let whole = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const unseen = node.parentElement.closest(".unseen");
    nodes.push([node, whole.length, Boolean(unseen)]);
    whole += unseen ? character(unseen) : node.data;
  }
  const pattern = text.trim().split(/\s+/).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  const match = new RegExp(pattern, "u").exec(whole);
  if (!match) return null;
  const range = document.createRange();
  range.setStart(...point(nodes, match.index));
  range.setEnd(...point(nodes, match.index + match[0].length));
  return range;
}

function point(nodes, at) {
  const [node, start, unseen] = nodes.findLast(([, begins]) => begins <= at);
  if (unseen) return [node, at === start ? 0 : node.length];
  return [node, Math.min(at - start, node.length)];
}

function highlight(range) {
  if (!window.Highlight) return;
  if (range) CSS.highlights.set("passage", new Highlight(range));
  else CSS.highlights.delete("passage");
}
