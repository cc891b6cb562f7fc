/* Texts that a page has in every language. One language is shown: that of the address or of the reader. */
import { find } from "./dom.ts";
import { firstLanguage } from "./language.ts";

const select = find<HTMLSelectElement>("select[name=language]");
const codes = [...select.options].map((option) => option.value);

/** The fragment of the address, part by part. */
export const asked = new URLSearchParams(window.location.hash.slice(1));

/** The language that is shown. */
export const shownLanguage = (): string => select.value;

const speak = (code: string): void => {
  document.documentElement.lang = code;
  select.value = code;
  // Only spans are translations. Quotations, remarks and titles of sources stay in their own language.
  for (const span of document.querySelectorAll<HTMLElement>("span[lang]")) span.hidden = span.lang !== code;
  document.title = find(`h1 span[lang=${code}]`).textContent;
};

/** Show a language from now on. `spoken` is called for each language, `chosen` after a choice of the reader. */
export const showLanguages = (spoken: (code: string) => void, chosen: () => void): void => {
  const show = (code: string): void => {
    speak(code);
    spoken(code);
  };
  show(firstLanguage(codes, document.documentElement.lang));
  select.addEventListener("change", () => {
    show(select.value);
    chosen();
  });
};
