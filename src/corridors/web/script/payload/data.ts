/* The whole content of the page, as encoded in it: one stream with a description as JSON, and blocks of numbers. */
import { find } from "../dom.ts";
import { firstLanguage } from "../language.ts";
import type { Payload } from "../types/payload.ts";
import { inflate, portionsOf } from "./inflate.ts";

/** Say on the page, in the reader's language or else in its own, that the browser cannot show it. */
export const refuse = (): never => {
  const place = find("#corridors");
  const texts: Record<string, string> = JSON.parse(place.dataset.unread ?? "{}");
  place.lang = firstLanguage(Object.keys(texts), document.documentElement.lang);
  place.textContent = texts[place.lang];
  throw new Error(place.textContent);
};

// A browser of before 2023 cannot read the stream.
if (!("DecompressionStream" in globalThis)) refuse();

const stream = await inflate(portionsOf(find("#corridors-data").textContent)).arrayBuffer();
const end = 4 + new DataView(stream).getUint32(0, true);

export const data: Payload = JSON.parse(new TextDecoder().decode(new Uint8Array(stream, 4, end - 4)));

/** The bytes of the blocks that the description names. */
export const blocks = new Uint8Array(stream, end);
