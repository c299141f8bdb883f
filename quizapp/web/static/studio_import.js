// Say that a file is being read or imported while the page waits for the answer. Without this the forms work as well.

const words = (form) => form.querySelector("[data-busy-words]");

function busy(form, is) {
  form.setAttribute("aria-busy", String(is));
  words(form).textContent = is ? words(form).dataset.busyWords : "";
  for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", String(is));
}

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy") === "true") event.preventDefault(); // it is on its way already
    busy(form, true);
  });
}

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach((form) => busy(form, false)));
