// Shows the ledger in one language at a time and the claims of one verdict; the fragment keeps both.
const select = document.querySelector("select[name=language]");
const codes = [...select.options].map((option) => option.value);
const buttons = [...document.querySelectorAll("button[data-verdict]")];
const articles = [...document.querySelectorAll("article")];
const asked = new URLSearchParams(location.hash.slice(1));
const speak = (code) => {
  document.documentElement.lang = code;
  select.value = code;
  // Quotations, remarks and the titles of sources keep the language that they are in.
  document.querySelectorAll("span[lang]").forEach((span) => { span.hidden = span.lang !== code; });
  document.title = document.querySelector(`h1 span[lang=${code}]`).textContent;
  document.querySelectorAll("a.page").forEach((link) => {
    const kept = link.hash.slice(1).split("&").filter((part) => part && !part.startsWith("lang="));
    link.hash = [`lang=${code}`, ...kept].join("&");
  });
};
const filter = (verdict) => {
  buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict)));
  articles.forEach((article) => { article.hidden = verdict !== "" && article.dataset.verdict !== verdict; });
};
const keep = () => {
  const chosen = buttons.find((button) => button.getAttribute("aria-pressed") === "true").dataset.verdict;
  history.replaceState(null, "", `#lang=${select.value}${chosen ? `&verdict=${chosen}` : ""}`);
};
const own = (navigator.languages || []).map((code) => code.slice(0, 2)).find((code) => codes.includes(code));
speak(codes.includes(asked.get("lang")) ? asked.get("lang") : own || document.documentElement.lang);
if (buttons.some((button) => button.dataset.verdict === asked.get("verdict"))) filter(asked.get("verdict"));
select.addEventListener("change", () => { speak(select.value); keep(); });
buttons.forEach((button) => button.addEventListener("click", () => { filter(button.dataset.verdict); keep(); }));
document.documentElement.dataset.ready = "true";
