/* The address of the page, without and with its state. */
import { data } from "../payload/data.ts";
import { fragmentOf } from "../state/address.ts";
import { getState } from "../state/state.ts";

const fileName = (address: string): string =>
  (/^file:.*\/([^/]+)$/.exec(address) ?? [])[1] ?? `${data.map.id ?? "map"}.html`;

/** The address of the page; of a file, its name. */
export const pageNow = (): string => {
  const [address] = window.location.href.split(/[?#]/);
  return /^http/.test(address) ? address : fileName(address);
};

/** The same with the state. */
export const linkNow = (): string => pageNow() + fragmentOf(getState()).replace(/&embed$/, "");
