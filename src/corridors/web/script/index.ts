/* The index of the maps: shows one language at a time, keeps it in the fragment and hands it on to the maps. */
import { showLanguages, shownLanguage } from "./languages.ts";

showLanguages(
  (code) => document.querySelectorAll("a.map, a.ledger").forEach((link) => { link.hash = `lang=${code}`; }),
  () => history.replaceState(null, "", `#lang=${shownLanguage()}`),
);
document.documentElement.dataset.ready = "true";
