// Drafts decided by keys: each presses what stands on the page, so that everything works without this file too.

const KEYS_OFF = "quizapp-keys-off";

const find = (selector) => document.querySelector(selector);
const keysAreOff = () => localStorage.getItem(KEYS_OFF) === "yes";

function typingIn(target) {
  return target instanceof HTMLElement && target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
}

function approve() {
  const button = find("[data-approve]:enabled");
  const wanting = [...document.querySelectorAll("[data-reason]")].find((field) => !field.value.trim());
  if (wanting) wanting.focus();
  else if (button) button.click();
}

function toReject() {
  find("[data-reject]")?.focus();
}

const ACTIONS = {
  a: approve,
  e: () => find("[data-edit]")?.click(),
  r: toReject,
  n: () => find("[data-next]")?.click(),
  z: () => find("[data-undo-step]")?.requestSubmit(),
  "?": () => find("[data-keys-dialog]")?.showModal(),
};

function onKey(event) {
  if (event.key === "Escape" && typingIn(event.target)) event.target.blur();
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || keysAreOff()) return;
  if (typingIn(event.target) || find("dialog[open]")) return;
  const action = ACTIONS[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
}

function setUpKeys() {
  const dialog = find("[data-keys-dialog]");
  const opener = find("[data-keys-open]");
  if (!dialog || !opener) return;
  const keysSwitch = dialog.querySelector("[data-keys-switch]");
  keysSwitch.checked = !keysAreOff();
  keysSwitch.addEventListener("change", () => localStorage.setItem(KEYS_OFF, keysSwitch.checked ? "no" : "yes"));
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
}

// A link to the field moves the focus there; a field that was refused is where to go on.
find("[data-to-reject]")?.addEventListener("click", (event) => {
  event.preventDefault();
  toReject();
});
document.addEventListener("keydown", onKey);
setUpKeys();
(find("[aria-invalid=true]") || find("[data-start]"))?.focus({ preventScroll: !find("[aria-invalid=true]") });
