/* Asks now and then whether something new came, while the page is looked at. Every page works without this file. */

const bell = document.querySelector("[data-unread-url]");
const MINUTE = 60_000;
const LONGEST = 15 * MINUTE;
let pause = MINUTE;
let timer = 0;
let askedAt = Date.now();

const show = (count) => {
  const badge = bell.querySelector("[data-unread-count]");
  badge.textContent = count > 99 ? "99+" : String(count);
  badge.hidden = count === 0;
};

const ask = async () => {
  askedAt = Date.now();
  try {
    const answer = await fetch(bell.dataset.unreadUrl, { headers: { "If-None-Match": `"${bell.dataset.unread}"` }, cache: "no-store" });
    if (answer.status === 403) return; // signed out elsewhere: there is nobody to ask for
    const isNew = answer.status === 200;
    if (!isNew && answer.status !== 304) throw new Error(String(answer.status));
    const count = isNew ? Number(await answer.text()) : Number(bell.dataset.unread);
    if (count !== Number(bell.dataset.unread)) {
      bell.dataset.unread = String(count);
      show(count);
      document.body.dispatchEvent(new CustomEvent("messages-changed"));
    }
    pause = MINUTE;
  } catch {
    pause = Math.min(pause * 2, LONGEST); // the site, or the way to it, needs a rest
  }
  wait();
};

const wait = () => {
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(ask, Math.max(0, askedAt + pause - Date.now()));
};

if (bell) {
  document.addEventListener("visibilitychange", wait);
  wait();
}
