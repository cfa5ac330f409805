/* "Notify me on this device": asks only when tapped, subscribes, and sends the form. Without support nothing is shown. */
const form = document.querySelector("[data-push-key]");
const none = document.querySelector("[data-push-none]");
const isAble = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

function say(name) {
  for (const line of document.querySelectorAll("[data-push-says]")) line.hidden = line.dataset.pushSays !== name;
}

function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

async function rowOf(subscription) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint));
  const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return document.querySelector(`[data-device="${hash}"]`);
}

// Mark the row of this device; removing it there ends it in the browser too.
async function showHere() {
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.getSubscription();
  const row = subscription && (await rowOf(subscription));
  if (row) {
    row.querySelector("[data-here]").hidden = false;
    row.querySelector("form").addEventListener("submit", () => subscription.unsubscribe());
  } else if (form && Notification.permission === "denied") {
    say("blocked");
  } else if (form) {
    form.hidden = false;
  }
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") return say("blocked");
  const registration = await navigator.serviceWorker.ready;
  const old = await registration.pushManager.getSubscription();
  await old?.unsubscribe(); // of somebody else in this browser, or made with another key
  const made = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(form.dataset.pushKey),
  });
  const { endpoint, keys } = made.toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.p256dh.value = keys.p256dh;
  form.elements.auth.value = keys.auth;
  form.submit();
}

if (isAble) {
  if (none) none.hidden = true;
  showHere();
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    subscribe().catch(() => say("away"));
  });
}
