/* Base64 text to the bytes of the zlib stream in it. */

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** Inflate a stream that is given in pieces of base64, each of whole quadruples. */
export const inflate = async (pieces: string[]): Promise<Uint8Array<ArrayBuffer>> => {
  const stream = new Blob(pieces.map(bytesOf)).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
