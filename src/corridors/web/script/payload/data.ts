/* The whole content of the page, as encoded in it. */
import { find } from "../dom.ts";
import type { Payload } from "../types/payload.ts";

export const data = JSON.parse(find("#corridors-data").textContent) as Payload;
