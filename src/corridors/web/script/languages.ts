/* Texts that stand in a page in every language: one of them is shown, the one that the address or the reader asks for. */

const select = document.querySelector("select[name=language]");
const codes = [...select.options].map((option) => option.value);

/** The fragment of the address, part by part. */
export const asked = new URLSearchParams(location.hash.slice(1));

/** The language that is shown. */
export const shownLanguage = () => select.value;

/** Show one language from now on, and tell `spoken` of it; `chosen` is called after a choice of the reader. */
export const showLanguages = (spoken, chosen) => {
  const speak = (code) => {
    document.documentElement.lang = code;
    select.value = code;
    // Only spans are translations: quotations, remarks and the titles of sources keep the language that they are in.
    document.querySelectorAll("span[lang]").forEach((span) => { span.hidden = span.lang !== code; });
    document.title = document.querySelector(`h1 span[lang=${code}]`).textContent;
    spoken(code);
  };
  const own = (navigator.languages || []).map((code) => code.slice(0, 2)).find((code) => codes.includes(code));
  speak(codes.includes(asked.get("lang")) ? asked.get("lang") : own || document.documentElement.lang);
  select.addEventListener("change", () => { speak(select.value); chosen(); });
};
