// Highlight to quiz works by forms; this marks a passage by selecting it, drafts while one types, and gives drafts keys.

const PAUSE_MS = 300; // after typing stops
const form = document.querySelector("[data-highlighting]");
const stored = document.querySelector("[data-text]");
const drafts = document.querySelector("[data-drafts]");
const status = document.querySelector("[data-status]");
const passage = document.querySelector("[data-passage]");
const startField = form.querySelector("[data-start-field]");
const endField = form.querySelector("[data-end-field]");
const { line, value, words } = form.elements;
const caret = { at: 0, from: 0, on: false };
let timer = 0;
let asked = null;
let drafted = "";

const letters = (text) => [...text].length; // places are counted in characters, as the server counts them

function say(text) {
  status.textContent = text;
}

function unfold(root) {
  root.querySelectorAll("[data-with-script]").forEach((one) => (one.hidden = false));
  root.querySelectorAll("[data-without-script]").forEach((one) => (one.hidden = true));
}

// Marking a passage

function placeIn(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const holder = element.closest("[data-words]");
  if (!holder) return null;
  const before = document.createRange();
  before.setStart(holder, 0);
  before.setEnd(node, offset);
  return Number(holder.dataset.start) + letters(before.toString());
}

function textNodes() {
  const found = [];
  stored.querySelectorAll("[data-words]").forEach((holder) => {
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) found.push(walker.currentNode);
  });
  return found;
}

// Cut a range to the words of paragraphs, and to whole words.
function wholeWords(range) {
  const nodes = textNodes().filter((node) => range.intersectsNode(node));
  let first = null;
  let last = null;
  for (const node of nodes) {
    let from = node === range.startContainer ? range.startOffset : 0;
    let to = node === range.endContainer ? range.endOffset : node.length;
    if (!node.data.slice(from, to).trim()) continue;
    if (!first) {
      while (/\s/u.test(node.data[from])) from += 1;
      while (from > 0 && /[\p{L}\p{N}]/u.test(node.data[from]) && /[\p{L}\p{N}]/u.test(node.data[from - 1])) from -= 1;
      first = { node, offset: from };
    }
    while (to > 0 && /\s/u.test(node.data[to - 1])) to -= 1;
    while (to < node.length && /[\p{L}\p{N}]/u.test(node.data[to]) && /[\p{L}\p{N}]/u.test(node.data[to - 1])) to += 1;
    last = { node, offset: to };
  }
  if (!first || !last) return null;
  const whole = document.createRange();
  whole.setStart(first.node, first.offset);
  whole.setEnd(last.node, last.offset);
  return whole;
}

function forgetServersMark() {
  stored.querySelectorAll("[data-chosen]").forEach((mark) => {
    mark.classList.remove("is-chosen");
    delete mark.dataset.chosen;
    if (!mark.classList.contains("is-fact")) mark.replaceWith(...mark.childNodes);
  });
}

function mark(range) {
  const whole = wholeWords(range);
  if (!whole) return;
  const start = placeIn(whole.startContainer, whole.startOffset);
  const end = placeIn(whole.endContainer, whole.endOffset);
  if (start === null || end === null || start >= end) return;
  if (startField.value === String(start) && endField.value === String(end)) return;
  startField.value = start;
  endField.value = end;
  words.value = "";
  passage.textContent = whole.toString();
  passage.classList.remove("is-empty");
  forgetServersMark();
  if (globalThis.CSS?.highlights) CSS.highlights.set("chosen", new Highlight(whole));
  draftSoon();
}

let settling = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(settling);
  settling = setTimeout(() => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed || caret.on) return;
    const range = selection.getRangeAt(0);
    if (stored.contains(range.commonAncestorContainer)) mark(range);
  }, 150);
});

// By keyboard: word by word

function everyWord() {
  const found = [];
  stored.querySelectorAll("[data-words]").forEach((holder) => {
    let open = null;
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (const piece of node.data.matchAll(/\S+|\s+/gu)) {
        if (!piece[0].trim()) {
          open = null;
        } else if (open) {
          Object.assign(open, { endNode: node, end: piece.index + piece[0].length }); // a word that a mark divides
        } else {
          open = { node, start: piece.index, endNode: node, end: piece.index + piece[0].length, holder };
          found.push(open);
        }
      }
    }
  });
  return found;
}

function showCaret(list) {
  const [first, last] = [Math.min(caret.from, caret.at), Math.max(caret.from, caret.at)];
  document.getSelection().setBaseAndExtent(list[first].node, list[first].start, list[last].endNode, list[last].end);
  list[caret.at].node.parentElement.scrollIntoView({ block: "nearest" });
  const range = document.getSelection().getRangeAt(0);
  say(range.toString());
}

function onTextKey(event) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
  const vertical = { ArrowDown: 1, ArrowUp: -1 };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const list = everyWord();
  if (!list.length) return;
  if (event.key in steps || event.key in vertical) {
    event.preventDefault();
    if (!caret.on) Object.assign(caret, { on: true, at: 0, from: 0 });
    else if (event.key in steps) caret.at = Math.max(0, Math.min(list.length - 1, caret.at + steps[event.key]));
    else {
      const holders = [...new Set(list.map((word) => word.holder))];
      const there = holders[holders.indexOf(list[caret.at].holder) + vertical[event.key]];
      if (there) caret.at = list.findIndex((word) => word.holder === there);
    }
    if (!event.shiftKey) caret.from = caret.at;
    showCaret(list);
  } else if (event.key === "Enter" && caret.on) {
    event.preventDefault();
    const range = document.getSelection().getRangeAt(0).cloneRange();
    caret.on = false;
    mark(range);
    say(`Marked: ${passage.textContent}`);
    line.focus();
  } else if (event.key === "Escape" && caret.on) {
    caret.on = false;
    document.getSelection().removeAllRanges();
  }
}

stored.addEventListener("keydown", onTextKey);
stored.addEventListener("pointerdown", () => (caret.on = false));
stored.addEventListener("blur", () => (caret.on = false));

// The value is what is selected in the line

function takeValue() {
  const chosen = line.value.slice(line.selectionStart, line.selectionEnd).trim();
  if (!chosen || chosen === line.value.trim() || chosen === value.value) return;
  value.value = chosen;
  draftSoon();
}
line.addEventListener("select", takeValue);

// Drafting

function draftSoon() {
  clearTimeout(timer);
  timer = setTimeout(draft, PAUSE_MS);
}

async function ask(address, body) {
  asked?.abort();
  asked = new AbortController();
  drafts.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-Part": "drafts" }, signal: asked.signal });
    const isPart = answer.headers.get("Content-Type")?.startsWith("text/html") && (answer.ok || answer.status === 422);
    if (!isPart || answer.redirected) throw new Error(String(answer.status));
    const at = cards().indexOf(document.activeElement);
    drafts.innerHTML = await answer.text();
    if (at >= 0) focusCard(at);
    unfold(drafts);
    besideFields(false);
    drafts.removeAttribute("aria-busy");
    return true;
  } catch (error) {
    if (error.name === "AbortError") return false;
    drafts.removeAttribute("aria-busy");
    say("The site did not answer. Try again.");
    const told = Object.assign(document.createElement("p"), { className: "lint", textContent: status.textContent });
    drafts.prepend(told);
    return false;
  }
}

// What is missing stands among the drafts; once it was asked for by the button, beside its field too.
function besideFields(wanted) {
  for (const told of form.querySelectorAll("[data-beside]")) told.remove();
  for (const at of form.querySelectorAll("[aria-invalid]")) at.removeAttribute("aria-invalid");
  const missing = wanted ? [...drafts.querySelectorAll("[data-about]")] : [];
  let first = null;
  for (const one of missing) {
    const at = form.elements[one.dataset.about];
    if (!at?.closest) continue;
    const told = one.cloneNode(true);
    told.removeAttribute("data-about");
    told.dataset.beside = "";
    told.classList.add("is-error");
    const isPassage = at === form.elements.words;
    if (isPassage) passage.after(told);
    else (at.closest(".new-speaker") ?? at.closest(".field")).append(told);
    at.setAttribute("aria-invalid", "true");
    first ??= isPassage ? stored : at;
  }
  if (first) {
    say(missing.map((one) => one.textContent).join(" "));
    first.focus();
  }
  return first !== null;
}

async function draft() {
  const typed = new URLSearchParams(new FormData(form)).toString();
  if (!line.value.trim() || !value.value.trim() || typed === drafted) return;
  drafted = typed;
  const sent = await ask(form.action, new FormData(form));
  if (sent) say(drafts.querySelector("h2")?.textContent ?? "");
}

form.addEventListener("input", draftSoon);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  delete form.dataset.sent;
  clearTimeout(timer);
  if (!(await ask(form.action, new FormData(form)))) return;
  if (besideFields(true)) return;
  focusCard(0);
});

// Deciding about drafts

const cards = () => [...drafts.querySelectorAll("[data-draft]")];

function focusCard(place) {
  const list = cards();
  const target = list[Math.min(place, list.length - 1)] ?? drafts;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

async function decide(card, button) {
  const own = card.querySelector("form");
  if (own.dataset.sent || !own.reportValidity()) return;
  own.dataset.sent = "yes";
  const place = cards().indexOf(card);
  clearTimeout(timer);
  const done = await ask(button.getAttribute("formaction") ?? own.action, new FormData(own));
  delete own.dataset.sent;
  if (!done) return;
  focusCard(place);
  say([drafts.querySelector("[data-done]")?.firstChild?.textContent, drafts.querySelector("h2")?.textContent].filter(Boolean).join(" "));
}

drafts.addEventListener("submit", (event) => {
  const card = event.target.closest("[data-draft]");
  const button = event.submitter ?? card?.querySelector("[data-keep]");
  if (!card || !button || button.matches("[data-edit]")) return;
  event.preventDefault();
  decide(card, button);
});

drafts.addEventListener("keydown", (event) => {
  const card = event.target;
  if (!card.matches("[data-draft]") || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const press = (name) => card.querySelector(`[data-${name}]`);
  const keys = { Enter: press("keep") ?? press("edit"), e: press("edit"), E: press("edit"), Delete: press("drop"), Backspace: press("drop") };
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    focusCard(Math.max(0, cards().indexOf(card) + (event.key === "ArrowDown" ? 1 : -1)));
  } else if (keys[event.key]) {
    event.preventDefault();
    card.querySelector("form").requestSubmit(keys[event.key]);
  }
});

unfold(document);
