/* The address of the page, without and with its state. */
import { data, fragmentOf, getState } from "./parts.ts";

/** The address of the page; of a file, its name. */
export const pageNow = (): string =>
  /^http/.test(window.location.href) ? window.location.href.split(/[?#]/)[0] : `${data.map.id ?? "map"}.html`;

/** The same with the state. */
export const linkNow = (): string => pageNow() + fragmentOf(getState()).replace(/&embed$/, "");
