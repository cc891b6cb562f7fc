/* All that the page shows, as it travels in the page. */
import { find } from "../dom.ts";
import type { Payload } from "../types/payload.ts";

export const data = JSON.parse(find("#corridors-data").textContent) as Payload;
