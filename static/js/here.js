// "Where I am now": fill in the place, rounded to about a kilometre, when the person asks for it. Without this, they type it.
const here = document.querySelector("[data-here]");
const place = here && document.getElementById(here.dataset.here);
if (place && "geolocation" in navigator) {
  here.hidden = false;
  here.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      place.value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`;
      place.form.requestSubmit();
    });
  });
}
