// Fill in the browser's own time zone while the person has not chosen one. Without this, the list is there.
const select = document.querySelector("select[data-detect-time-zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select && select.value === "UTC" && [...select.options].some((option) => option.value === own)) {
  select.value = own;
}
