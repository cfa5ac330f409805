/* Drags a planned step onto another day. The page behind “Move” does the same without this file. */

const calendar = document.querySelector("[data-calendar]");
const form = document.querySelector("[data-calendar-drop]");
const says = document.querySelector("[data-calendar-says]");
const FAR_ENOUGH = 8; // pixels after which a press is a drag
let drag = null;

const say = (words, name) => {
  says.textContent = words.replace("%s", name);
};

const dayAt = (event) => {
  const found = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-day]");
  return found && calendar.contains(found) && !("past" in found.dataset) ? found : null;
};

const light = (day) => {
  for (const lit of calendar.querySelectorAll("[data-over]")) delete lit.dataset.over;
  if (day) day.dataset.over = "";
};

const pickUp = () => {
  drag.isOn = true;
  drag.item.dataset.dragged = "";
  say(calendar.dataset.picked, drag.item.dataset.move);
};

const letGo = () => {
  if (!drag) return;
  delete drag.item.dataset.dragged;
  light(null);
  drag = null;
};

calendar.addEventListener("pointerdown", (event) => {
  const item = event.target.closest("[data-move]");
  if (!item || event.button !== 0 || event.pointerType === "touch") return; // a finger scrolls; it has “Move”
  drag = { item, x: event.clientX, y: event.clientY, isOn: false };
});

// A link would start a drag of its own.
calendar.addEventListener("dragstart", (event) => {
  if (event.target.closest("[data-move]")) event.preventDefault();
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.isOn && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) >= FAR_ENOUGH) pickUp();
  if (drag.isOn) light(dayAt(event));
});

document.addEventListener("pointerup", (event) => {
  if (!drag?.isOn) {
    drag = null;
    return;
  }
  const { item } = drag;
  const day = dayAt(event);
  const isElsewhere = day && day !== item.closest("[data-day]");
  // The click that ends a drag follows no link.
  const stay = (click) => click.preventDefault();
  window.addEventListener("click", stay, { capture: true });
  setTimeout(() => window.removeEventListener("click", stay, { capture: true }));
  letGo();
  if (!isElsewhere) {
    say(calendar.dataset.letGo, "");
    return;
  }
  say(calendar.dataset.dropped, day.dataset.dayName);
  form.action = item.dataset.moveTo || item.getAttribute("href").split("?")[0];
  form.elements.moved_to.value = day.dataset.day;
  form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag?.isOn) {
    say(calendar.dataset.letGo, "");
    letGo();
  }
});
document.addEventListener("pointercancel", letGo);
