/* The claims: shows one language at a time and the claims of one verdict; the fragment keeps both. */
import { asked, showLanguages, shownLanguage } from "./languages.ts";

const buttons = [...document.querySelectorAll("button[data-verdict]")];
const articles = [...document.querySelectorAll("article")];

const filter = (verdict) => {
  buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict)));
  articles.forEach((article) => { article.hidden = verdict !== "" && article.dataset.verdict !== verdict; });
};

const keep = () => {
  const chosen = buttons.find((button) => button.getAttribute("aria-pressed") === "true").dataset.verdict;
  history.replaceState(null, "", `#lang=${shownLanguage()}${chosen ? `&verdict=${chosen}` : ""}`);
};

const carryOn = (code) =>
  document.querySelectorAll("a.page").forEach((link) => {
    const kept = link.hash.slice(1).split("&").filter((part) => part && !part.startsWith("lang="));
    link.hash = [`lang=${code}`, ...kept].join("&");
  });

showLanguages(carryOn, keep);
if (buttons.some((button) => button.dataset.verdict === asked.get("verdict"))) filter(asked.get("verdict"));
buttons.forEach((button) => button.addEventListener("click", () => { filter(button.dataset.verdict); keep(); }));
document.documentElement.dataset.ready = "true";
