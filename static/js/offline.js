/* Served at /sw.js. Shows what is pushed (at the end of this file).
   Where to get help is there without a connection, in both languages; nothing else is kept.
   Everything else goes to the network untouched. The kept pages are those of a visitor: fetched without cookies. */
const KEPT = "get-help";
const HELP = ["/library/get-help/", "/zh-hans/library/get-help/"];
const OFFLINE = ["/library/offline/", "/zh-hans/library/offline/"];
const A_DAY = 24 * 60 * 60 * 1000;

// Fetch a page with the styles it links and those they import, and keep them all.
async function keep(cache, address, seen) {
  if (seen.has(address)) return;
  seen.add(address);
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const text = await answer.clone().text();
  await cache.put(address, answer);
  const found = [...text.matchAll(/<link rel="(?:stylesheet|icon)" href="([^"]+)"|@import url\("([^"]+)"\)/g)];
  await Promise.all(found.map((match) => keep(cache, new URL(match[1] ?? match[2], new URL(address, self.location)).pathname, seen)));
}

async function keepAll() {
  const cache = await caches.open(KEPT);
  const seen = new Set();
  for (const address of [...HELP, ...OFFLINE]) await keep(cache, address, seen);
  for (const request of await cache.keys()) {
    if (!seen.has(new URL(request.url).pathname)) await cache.delete(request); // styles of an earlier release
  }
}

async function keepAnewAfterADay() {
  const kept = await caches.match(HELP[0]);
  const age = Date.now() - Date.parse(kept?.headers.get("Date") ?? 0);
  if (!(age < A_DAY)) await keepAll();
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(url) {
  const cache = await caches.open(KEPT);
  const chinese = url.pathname.startsWith("/zh-hans/") ? 1 : 0;
  return HELP.includes(url.pathname) ? cache.match(HELP[chinese]) : cache.match(OFFLINE[chinese]);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    event.respondWith(
      fetch(event.request).then(
        async (answer) => {
          event.waitUntil(keepAnewAfterADay().catch(() => {}));
          return (answer.status >= 500 && HELP.includes(url.pathname) && (await kept(url))) || answer;
        },
        async (error) => {
          const page = await kept(url);
          if (page) return page;
          throw error;
        },
      ),
    );
  } else if (url.pathname.endsWith(".css") || url.pathname.endsWith("mark.svg")) {
    event.respondWith(
      fetch(event.request).catch(async (error) => {
        const style = await caches.match(url.pathname);
        if (style) return style;
        throw error;
      }),
    );
  }
});

// A message from the site: text and a place on the site, nothing else. A newer one about the same thing takes its place.
self.addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data?.json() ?? {};
  } catch {
    // a message that cannot be read is shown without words: the browser asks for something to be shown
  }
  event.waitUntil(
    self.registration.showNotification(said.title || "MindMove", {
      body: said.body || "",
      tag: said.tag || "mindmove",
      lang: said.language || "",
      data: { url: said.url || "/messages/" },
    }),
  );
});

// Tapping it leads there: in a window that is open, or in a new one; never off the site.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const place = new URL(event.notification.data?.url ?? "/", self.location);
  if (place.origin !== self.location.origin) return;
  event.waitUntil(
    // Also a window that was opened before this worker was there.
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(async (windows) => {
      const there = windows.find((window) => window.url === place.href);
      return there ? there.focus() : self.clients.openWindow(place.href);
    }),
  );
});
