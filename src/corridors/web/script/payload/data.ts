/* The whole content of the page, as encoded in it: one stream with a description as JSON, and blocks of numbers. */
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

const stream = await inflate(portionsOf(find("#corridors-data").textContent)).arrayBuffer();
const end = 4 + new DataView(stream).getUint32(0, true);

export const data: Payload = JSON.parse(new TextDecoder().decode(new Uint8Array(stream, 4, end - 4)));

/** The bytes of the blocks that the description names. */
export const blocks = new Uint8Array(stream, end);
