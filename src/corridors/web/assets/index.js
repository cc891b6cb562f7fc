// Shows the page in one language at a time, keeps it in the fragment and hands it on to the maps.
const select = document.querySelector("select[name=language]");
const codes = [...select.options].map((option) => option.value);
const speak = (code) => {
  document.documentElement.lang = code;
  select.value = code;
  document.querySelectorAll("span[lang]").forEach((span) => { span.hidden = span.lang !== code; });
  document.title = document.querySelector(`h1 span[lang=${code}]`).textContent;
  document.querySelectorAll("a.map, a.ledger").forEach((link) => { link.hash = `lang=${code}`; });
};
const asked = new URLSearchParams(location.hash.slice(1)).get("lang");
const own = (navigator.languages || []).map((code) => code.slice(0, 2)).find((code) => codes.includes(code));
speak(codes.includes(asked) ? asked : own || document.documentElement.lang);
select.addEventListener("change", () => {
  speak(select.value);
  history.replaceState(null, "", `#lang=${select.value}`);
});
document.documentElement.dataset.ready = "true";
