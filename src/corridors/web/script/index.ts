/* The index of the maps: shows one language at a time, stores it in the fragment and passes it on to the maps. */
import { showLanguages, shownLanguage } from "./languages.ts";

const carry = (code: string): void => {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.map, a.ledger")) link.hash = `lang=${code}`;
};

showLanguages(carry, () => window.history.replaceState(null, "", `#lang=${shownLanguage()}`));
document.documentElement.dataset.ready = "true";
