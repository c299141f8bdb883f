// Choosing questions works by ticking them one by one; this adds a range with Shift, the whole page, and a count.

const boxes = [...document.querySelectorAll('input[name="question"]')];
const all = document.querySelector('.bulk input[name="all"]');
const count = document.querySelector("[data-chosen-count]");
const wholePage = document.querySelector("[data-choose-page]");
let last = null;

function tell() {
  if (!count) return;
  const chosen = boxes.filter((box) => box.checked).length;
  count.textContent = all?.checked ? "All that were found are chosen." : `${chosen} chosen. You see what will be done before it is done.`;
}

function chooseRange(event) {
  const box = event.target;
  if (event.shiftKey && last && last !== box) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
    boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
  }
  last = box;
  tell();
}

boxes.forEach((box) => box.addEventListener("click", chooseRange));
all?.addEventListener("change", tell);
wholePage?.addEventListener("click", (event) => {
  event.preventDefault();
  const on = boxes.some((box) => !box.checked);
  boxes.forEach((box) => { box.checked = on; });
  tell();
});
if (boxes.some((box) => box.checked)) tell();
