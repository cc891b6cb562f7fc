/* The whole content of the page, as encoded in it: JSON in one zlib stream, in base64. */
import { find } from "../dom.ts";
import type { Payload } from "../types/payload.ts";

const read = (text: string): Promise<Payload> => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
};

/** Say on the page that the browser cannot show it. */
export const refuse = (): never => {
  const place = find("#corridors");
  place.textContent = place.dataset.unread ?? "";
  throw new Error(place.textContent);
};

// A browser of before 2023 cannot read the stream.
if (!("DecompressionStream" in globalThis)) refuse();

export const data = await read(find("#corridors-data").textContent);
