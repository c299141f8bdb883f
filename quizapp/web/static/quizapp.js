// Everything works by forms; this makes it faster: keys on a question, focus on the feedback, local times.

const KEYS_OFF = "quizapp-keys-off";

const SECOND_TRY_MS = 3000; // a send that was stopped or got lost may be tried again

const keysAreOff = () => localStorage.getItem(KEYS_OFF) === "yes";

function typingIn(target) {
  return target instanceof HTMLElement && target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
}

function chooseByNumber(form, number) {
  const option = form.querySelectorAll(".option input:enabled")[number - 1];
  if (!option) return false;
  option.checked = option.type === "radio" || !option.checked;
  option.focus();
  return true;
}

function onQuestionKey(event, form, dialog) {
  if (event.repeat && event.key === "Enter") event.preventDefault(); // a key held down must not skip the feedback
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || dialog.open || typingIn(event.target)) return;
  if (event.key === "Enter" && !event.target.closest("a, button, summary, select, input")) {
    const next = document.querySelector("[data-next]");
    if (next) next.click();
    else form.requestSubmit();
    event.preventDefault();
  } else if (event.key === "?" && !keysAreOff()) {
    dialog.showModal();
    event.preventDefault();
  } else if (event.key.toLowerCase() === "s" && !keysAreOff() && document.querySelector("[data-source]")) {
    document.querySelector("[data-source]").click();
    event.preventDefault();
  } else if (/^[1-9]$/.test(event.key) && !keysAreOff()) {
    if (chooseByNumber(form, Number(event.key))) event.preventDefault();
  }
}

function setUpQuestion(form) {
  const dialog = document.querySelector("[data-keys-dialog]");
  const keysSwitch = dialog.querySelector("[data-keys-switch]");
  keysSwitch.checked = !keysAreOff();
  keysSwitch.addEventListener("change", () => localStorage.setItem(KEYS_OFF, keysSwitch.checked ? "no" : "yes"));
  const opener = document.querySelector("[data-keys-open]");
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => onQuestionKey(event, form, dialog));
  const heading = document.getElementById("feedback");
  if (heading) heading.focus();
  else form.querySelector("input[type=text], select")?.focus();
}

function sendOnlyOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, SECOND_TRY_MS);
  });
}

function showLocalTime(time) {
  const moment = new Date(time.dateTime);
  const detail = time.dataset.local === "day" ? { dateStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" };
  time.textContent = moment.toLocaleString(undefined, detail);
}

document.querySelectorAll("form[method=post]").forEach(sendOnlyOnce);
document.querySelectorAll("time[data-local]").forEach(showLocalTime);
document.querySelectorAll("form[data-question]").forEach(setUpQuestion);
// A page that comes back from the browser's own cache may be sent again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
