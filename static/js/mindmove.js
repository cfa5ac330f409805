/* Small comforts. Every page works without this file. */

// A link marked data-opens opens the dialog it points to as a real, focus-keeping dialog.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-opens]");
  if (opener) {
    const dialog = document.querySelector(opener.hash);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest("[data-close]");
  const dialog = closer?.closest("dialog");
  if (dialog?.open) {
    event.preventDefault();
    dialog.close();
  }
});

// A form is sent once, however often it is tapped; the page coming back from history is whole again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A scale can be dragged along like a slider; its radio buttons stay what they are.
document.addEventListener("pointermove", (event) => {
  const steps = event.buttons === 1 && event.target.closest(".scale--slide .scale__steps");
  if (!steps) return;
  const { top, height } = steps.getBoundingClientRect();
  const step = document.elementFromPoint(event.clientX, top + height / 2)?.closest(".scale__step");
  if (step && steps.contains(step)) step.control.checked = true;
});

// Get-help works without a connection: see offline.js.
if ("serviceWorker" in navigator) {
  window.addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
