/* The claims: shows one language at a time and the claims of one verdict; the fragment keeps both. */
import { asked, showLanguages, shownLanguage } from "./languages.ts";

const buttons = [...document.querySelectorAll<HTMLElement>("button[data-verdict]")];
const articles = [...document.querySelectorAll<HTMLElement>("article")];
let chosen = "";

/** Show the claims of one verdict, or all. */
const filter = (verdict: string): void => {
  chosen = verdict;
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict));
  for (const article of articles) article.hidden = verdict !== "" && article.dataset.verdict !== verdict;
};

const keep = (): void => {
  const verdict = chosen ? `&verdict=${chosen}` : "";
  window.history.replaceState(null, "", `#lang=${shownLanguage()}${verdict}`);
};

const carry = (code: string): void => {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.page")) {
    const kept = link.hash
      .slice(1)
      .split("&")
      .filter((part) => part && !part.startsWith("lang="));
    link.hash = [`lang=${code}`, ...kept].join("&");
  }
};

showLanguages(carry, keep);
const verdict = asked.get("verdict");
if (verdict && buttons.some((button) => button.dataset.verdict === verdict)) filter(verdict);
for (const button of buttons) {
  button.addEventListener("click", () => {
    filter(button.dataset.verdict ?? "");
    keep();
  });
}
document.documentElement.dataset.ready = "true";
