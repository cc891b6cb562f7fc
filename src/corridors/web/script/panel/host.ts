/* Answers to the page around this one, if the address names its origin: a script that the page has as text runs then. */
import { parts } from "#parts/host";
import { runScript } from "../dom.ts";
import { hosts } from "../state/address.ts";

/** The map that hosts ask about. */
export let map: L.Map;

/** Answer the named hosts from now on, and tell them that the map is ready. */
export const answerHosts = (ofPage: L.Map): void => {
  if (window.parent === window || !hosts.length) return;
  map = ofPage;
  runScript("host", parts());
};
