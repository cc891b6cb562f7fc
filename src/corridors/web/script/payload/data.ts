/* The whole content of the page, as encoded in it: JSON in one zlib stream. */
import { find } from "../dom.ts";
import type { Payload } from "../types/payload.ts";
import { inflate, portionsOf } from "./inflate.ts";

/** Say on the page that the browser cannot show it. */
export const refuse = (): never => {
  const place = find("#corridors");
  place.textContent = place.dataset.unread ?? "";
  throw new Error(place.textContent);
};

// A browser of before 2023 cannot read the stream.
if (!("DecompressionStream" in globalThis)) refuse();

export const data: Payload = await inflate(portionsOf(find("#corridors-data").textContent)).json();
