// A course in an address: deflated, in the alphabet of addresses. What comes out of an address has a
// limit, so that a few letters cannot become gigabytes.

import { LIMITS } from "../core/course_file.js";

/** @param {string} text @returns {Promise<string>} */
export async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The text that a stream of bytes is; null where it is none, or longer than a course may be.
 *
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream
 * @returns {Promise<string | null>}
 */
export async function textOf(stream) {
  const reader = stream.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      if (text.length <= LIMITS.file) continue;
      await reader.cancel();
      return null;
    }
  } catch {
    return null;
  }
}

/** @param {string} address @returns {Promise<string | null>} Null where no course can be there. */
export async function unpacked(address) {
  try {
    const letters = atob(address.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const inflated = new DecompressionStream("deflate-raw");
    return await textOf(new Blob([bytes]).stream().pipeThrough(inflated));
  } catch {
    return null;
  }
}
