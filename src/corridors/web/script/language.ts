/* The language in which a page first speaks. */

/** Of the languages that a page has: that of its address, else the first of the reader's own, else the page's. */
export const firstLanguage = (has: readonly string[], own: string): string => {
  const address = window.location.hash || document.documentElement.dataset.fragment || "";
  const read = window.navigator.languages.map((code) => code.slice(0, 2).toLowerCase());
  const wished = [new URLSearchParams(address.replace(/^#/, "")).get("lang"), ...read, own];
  return wished.find((code) => code !== null && has.includes(code)) ?? has[0];
};
