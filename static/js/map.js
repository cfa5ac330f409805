// The mechanism map: what is pointed at, focused or tapped once stays lit, and its reasons show in the panel.
// Without this file the map is lit while a mechanism is pointed at or focused, and a tap opens its page.
for (const map of document.querySelectorAll("[data-map]")) {
  const panel = map.querySelector("[data-map-panel]");
  const atRest = [...panel.childNodes];
  let chosen = null;
  let tapped = null;

  const choose = (slug) => {
    if (slug === chosen) return;
    chosen = slug;
    for (const stop of map.querySelectorAll("[data-stop]")) stop.classList.toggle("is-chosen", stop.dataset.stop === slug);
    map.classList.toggle("map--chosen", slug !== null);
    const about = slug && document.getElementById(`about-${slug}`);
    panel.replaceChildren(...(about ? about.cloneNode(true).childNodes : atRest));
  };
  const slugAt = (event) => event.target.closest("[data-stop]")?.dataset.stop;

  map.classList.add("map--live");
  map.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch" && slugAt(event)) choose(slugAt(event));
  });
  map.addEventListener("focusin", (event) => {
    // By keyboard only: under a finger the panel would open before the tap is over, and take it.
    if (slugAt(event) && event.target.matches(":focus-visible")) choose(slugAt(event));
  });
  map.addEventListener("click", (event) => {
    const slug = slugAt(event);
    if (slug && event.pointerType === "touch" && tapped !== slug) event.preventDefault();
    if (slug || !panel.contains(event.target)) {
      tapped = slug ?? null;
      choose(tapped);
      if (slug) event.target.scrollIntoView({ block: "nearest" });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose((tapped = null));
  });
}
