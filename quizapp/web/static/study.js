// Study by keys and without waiting: the back of a card is fetched while its front is read, a grade brings the next one.

const KEYS_OFF = "quizapp-keys-off";
const PAUSE_MS = 250; // a second press within this, or a held key, grades once

const page = { back: null, busy: false, since: 0 };

const keysAreOff = () => localStorage.getItem(KEYS_OFF) === "yes";
const find = (selector) => document.querySelector(selector);
const stateOfPage = () => find("[data-study]")?.dataset.study;
const isCard = () => ["front", "back", "finished"].includes(stateOfPage());

function typingIn(target) {
  return target instanceof HTMLElement && target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
}

// Put the main part and the buttons of another page into this one; anything but cards is opened as a page of its own.
function show(text, address) {
  const next = new DOMParser().parseFromString(text, "text/html");
  const state = next.querySelector("[data-study]")?.dataset.study;
  if (!["front", "back", "finished"].includes(state)) return location.assign(address);
  document.title = next.title;
  find("main").replaceWith(document.adoptNode(next.querySelector("main")));
  find(".grades")?.remove();
  const dock = next.querySelector(".grades");
  if (dock) find("main").after(document.adoptNode(dock));
  find(".masthead-nav").replaceWith(document.adoptNode(next.querySelector(".masthead-nav")));
  page.since = performance.now();
  setUp();
  window.scrollTo(0, 0);
  const focused = find("#answer") || find(".card h1");
  focused.tabIndex = -1;
  focused.focus({ preventScroll: true });
}

function tell(words) {
  let status = find("[data-told]");
  if (!status) {
    status = Object.assign(document.createElement("p"), { className: "told" });
    status.dataset.told = "yes";
    status.setAttribute("role", "alert");
    find("main").prepend(status);
  }
  status.textContent = words;
}

async function send(form, button) {
  if (page.busy) return;
  page.busy = true;
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Next-Card": "yes" } });
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 409) return location.reload();
    if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    show(await answer.text(), location.pathname);
  } catch {
    tell("Not saved yet: the site did not answer. Send it again.");
  } finally {
    page.busy = false;
  }
}

function fetchBack() {
  page.back = null;
  const flip = find("[data-flip]");
  if (!flip) return;
  const address = `${flip.form.action}?${new URLSearchParams(new FormData(flip.form))}`;
  const asked = fetch(address).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error("no answer"))));
  asked.catch(() => {}); // the flip itself tells of it
  page.back = { address, asked };
}

async function flip() {
  const back = page.back;
  if (!back || page.busy || performance.now() - page.since < PAUSE_MS) return;
  page.busy = true;
  try {
    show(await back.asked, back.address);
  } catch {
    location.assign(back.address);
  } finally {
    page.busy = false;
  }
}

function onKey(event) {
  const held = event.repeat || performance.now() - page.since < PAUSE_MS;
  const undo = event.key.toLowerCase() === "z" && !event.altKey && !event.shiftKey;
  if (typingIn(event.target) || find("dialog[open]")) return;
  if (undo && (event.ctrlKey || event.metaKey || !keysAreOff()) && find("[data-undo]")) {
    event.preventDefault();
    if (!event.repeat) find("[data-undo]").requestSubmit();
    return;
  }
  if (!isCard() || event.ctrlKey || event.metaKey || event.altKey || keysAreOff()) return;
  if (find("[data-flip]") && (event.key === " " || event.key === "Enter") && !event.target.closest("a, summary, .undo, .masthead")) {
    event.preventDefault();
    if (!held) flip();
  } else if (find("[data-grade]") && /^[1-4]$/.test(event.key)) {
    const button = document.querySelectorAll("[data-grade] button")[Number(event.key) - 1];
    if (button && !held) send(button.form, button);
    event.preventDefault();
  } else if (event.key.toLowerCase() === "s" && find("[data-source]")) {
    event.preventDefault();
    find("[data-source]").click();
  } else if (event.key === "?") {
    event.preventDefault();
    find("[data-keys-dialog]")?.showModal();
  }
}

function setUpKeys() {
  const dialog = find("[data-keys-dialog]");
  const opener = find("[data-keys-open]");
  if (!dialog || !opener || find("form[data-question]")) return; // questions set it up themselves
  const keysSwitch = dialog.querySelector("[data-keys-switch]");
  keysSwitch.checked = !keysAreOff();
  keysSwitch.addEventListener("change", () => localStorage.setItem(KEYS_OFF, keysSwitch.checked ? "no" : "yes"));
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
}

function setUp() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  document.querySelectorAll("[data-zone]").forEach((field) => (field.value = zone));
  find("[data-flip]")?.form.addEventListener("submit", (event) => {
    event.preventDefault();
    flip();
  });
  find("[data-grade]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target, event.submitter);
  });
  if (isCard()) {
    find("[data-undo]")?.addEventListener("submit", (event) => {
      event.preventDefault();
      send(event.target, null);
    });
  }
  setUpKeys();
  fetchBack();
}

document.addEventListener("keydown", onKey);
setUp();
