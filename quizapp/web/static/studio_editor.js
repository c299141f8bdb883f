// The question editor while somebody types: the question as learners meet it, what the rules find, and the draft kept.

const KEYS_OFF = "quizapp-keys-off";
const LOOK_MS = 150; // so that it is shown within 300 ms of the last key
const KEEP_MS = 1000;
const AGAIN_MS = 5000; // after a save that got lost

const form = document.querySelector("[data-editor]");
const find = (selector) => form.querySelector(selector);
const keysAreOff = () => localStorage.getItem(KEYS_OFF) === "yes";
const page = { looking: null, lookTimer: 0, keepTimer: 0, keeping: null, typed: 0, kept: 0, leaving: false, refused: false };

function sent(button) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  return body;
}

const post = (address, body, more = {}) => fetch(address, { method: "POST", body, headers: { "X-Fragment": "yes" }, ...more });

function say(words) {
  const status = find("[data-say]");
  if (status.textContent !== words) status.textContent = words; // told once, not at every key
}

function tell(words, alarming = false) {
  const state = find("[data-state]");
  state.hidden = false;
  state.textContent = words;
  if (alarming) say(words);
}

// Put newer parts in place of older ones; a reason that is being typed stays where it is.
function put(text) {
  const parts = new DOMParser().parseFromString(text, "text/html");
  const rules = (slot) => [...slot.querySelectorAll("[data-rule]")].map((one) => one.dataset.rule).join("|");
  for (const part of parts.querySelectorAll("[data-put]")) {
    const slot = find(`[data-slot="${part.dataset.put}"]`);
    if (!slot || (part.dataset.put.startsWith("lint-") && rules(slot) === rules(part))) continue;
    const open = [...slot.querySelectorAll("[data-keeps-open][open]")].map((one) => one.dataset.keepsOpen);
    const reasons = new Map([...slot.querySelectorAll("input[name^=reason-]")].map((one) => [one.name, one]));
    for (const one of part.querySelectorAll("[data-keeps-open]")) one.open = open.includes(one.dataset.keepsOpen);
    for (const one of part.querySelectorAll("input[name^=reason-]")) if (reasons.has(one.name)) one.value = reasons.get(one.name).value;
    const focused = slot.contains(document.activeElement) ? document.activeElement.name : "";
    slot.replaceChildren(...document.adoptNode(part).childNodes);
    if (slot.querySelector("[data-rule]")) slot.closest("details")?.setAttribute("open", "");
    if (focused) slot.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  const words = parts.querySelector("[data-put=say]")?.textContent.trim();
  if (words) say(words);
}

async function look(button) {
  clearTimeout(page.lookTimer);
  page.looking?.abort();
  const asked = (page.looking = new AbortController());
  try {
    const answer = await post(form.dataset.preview, sent(button), { signal: asked.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    if (page.looking !== asked) return; // a newer look is on its way
    put(text);
    page.looking = null;
    form.dataset.looked = String(Number(form.dataset.looked || 0) + 1);
    if (button?.dataset.check !== undefined) find("#feedback, #problem")?.focus();
  } catch (error) {
    if (error.name !== "AbortError") tell("What learners see is not up to date: the site did not answer.");
  }
}

function goOn(kept, typed) {
  page.kept = typed;
  find("[name=version]").value = kept.version;
  find("[name=draft]").value = kept.draft;
  form.action = kept.address;
  form.dataset.keep = kept.keep;
  find("[data-keep-button]").setAttribute("formaction", kept.keep);
  if (location.pathname !== kept.address) history.replaceState(history.state, "", kept.address);
  tell(`Kept as a draft at ${new Date().toLocaleTimeString(undefined, { timeStyle: "short" })}.`);
}

async function keepNow() {
  const typed = page.typed;
  try {
    const answer = await post(form.dataset.keep, sent());
    if (answer.ok) return goOn(await answer.json(), typed);
    if (answer.status === 409 || answer.status === 422) {
      page.refused = true;
      const { words } = await answer.json();
      return tell(`Not kept: ${words} “Keep as draft” shows both.`, true);
    }
    throw new Error(String(answer.status));
  } catch {
    tell("Not kept yet: the site did not answer. It is tried again.", true);
    page.keepTimer = setTimeout(keep, AGAIN_MS);
  }
}

// One save at a time: what was typed meanwhile is saved after it.
async function keep() {
  clearTimeout(page.keepTimer);
  if (page.keeping || page.refused || page.leaving || page.typed === page.kept) return;
  page.keeping = keepNow();
  await page.keeping;
  page.keeping = null;
  if (page.typed !== page.kept && !page.refused) page.keepTimer = setTimeout(keep, KEEP_MS);
}

// The page goes away: send what is typed, as the version that follows the save under way.
function keepAtLast() {
  if (page.leaving || page.refused || page.typed === page.kept) return;
  const body = sent();
  if (page.keeping) body.set("version", String(Number(body.get("version") || 0) + 1));
  const typed = page.typed;
  clearTimeout(page.keepTimer);
  page.keeping = post(form.dataset.keep, body, { keepalive: true })
    .then((answer) => (answer.ok ? answer.json().then((kept) => goOn(kept, typed)) : null))
    .catch(() => null)
    .finally(() => (page.keeping = null));
}

function onInput(event) {
  if (event.target.closest("[data-slot=see]")) return; // an answer that is tried is no part of the question
  if (["quote"].includes(event.target.name) && event.isTrusted) {
    find("[name=start]").value = "";
    find("[name=end]").value = "";
  }
  page.typed += 1;
  clearTimeout(page.lookTimer);
  clearTimeout(page.keepTimer);
  page.lookTimer = setTimeout(look, LOOK_MS);
  page.keepTimer = setTimeout(keep, KEEP_MS);
}

// Nothing is sent, so that whoever counts what is sent must not hear of it.
function hold(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

async function onSubmit(event) {
  const button = event.submitter;
  if (button?.dataset.look !== undefined || button?.dataset.check !== undefined || button?.hidden) {
    hold(event);
    return look(button);
  }
  clearTimeout(page.keepTimer);
  if (page.keeping) {
    hold(event); // the version of the save under way is needed
    await page.keeping;
    form.requestSubmit(button);
  } else page.leaving = true;
}

function onKey(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || event.repeat || keysAreOff()) return;
  event.preventDefault();
  form.requestSubmit((event.shiftKey && find("[data-save-new]")) || find("[data-save]"));
}

// The words that are marked in the text beside are the passage.
function onMarked() {
  const marked = getSelection();
  const [from, to] = marked.rangeCount ? [marked.getRangeAt(0).startContainer, marked.getRangeAt(0).endContainer] : [];
  const [first, last] = [from, to].map((node) => node?.parentElement?.closest("[data-start]"));
  if (marked.isCollapsed || !first || !last || !find("[data-text]").contains(first)) return;
  const range = marked.getRangeAt(0);
  find("[name=start]").value = Number(first.dataset.start) + range.startOffset;
  find("[name=end]").value = Number(last.dataset.start) + range.endOffset;
  find("[name=quote]").value = range.toString().trim();
  find("[name=paragraph]").value = first.dataset.paragraph;
  find("[name=quote]").dispatchEvent(new Event("input", { bubbles: true }));
  say("Marked.");
}

function setUpKeys() {
  const dialog = document.querySelector("[data-keys-dialog]");
  const keysSwitch = dialog.querySelector("[data-keys-switch]");
  keysSwitch.checked = !keysAreOff();
  keysSwitch.addEventListener("change", () => localStorage.setItem(KEYS_OFF, keysSwitch.checked ? "no" : "yes"));
  const opener = document.querySelector("[data-keys-open]");
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
}

form.addEventListener("input", onInput);
form.addEventListener("submit", onSubmit, true); // before those of every form
form.addEventListener("keydown", onKey);
for (const kind of ["pointerup", "keyup"]) find("[data-text]")?.addEventListener(kind, onMarked);
addEventListener("pagehide", keepAtLast);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepAtLast());
addEventListener("pageshow", () => (page.leaving = false));
for (const one of form.querySelectorAll("[data-without-script]")) one.hidden = true;
if (form.dataset.editor === "fresh") find("[name=line]").focus();
setUpKeys();
