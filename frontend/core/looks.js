// What of an address only says how a page looks: it goes along from page to page, and is no part of
// what a link or a course means.

/** Names in the address, by the names in the state. */
export const LOOKS = Object.freeze({ language: "lang", theme: "theme", large: "large" });

const isLook = new RegExp(`^(${Object.values(LOOKS).join("|")})=`);

/** The parts of a hash but for those, without its `#`. @param {string} hash */
export const partsWithoutLooks = (hash) =>
  hash
    .replace(/^#/, "")
    .split("&")
    .filter((part) => part !== "" && !isLook.test(part));

/**
 * An address with other looks, or with none.
 *
 * @param {string} address
 * @param {string} [looks] As a hash has them, without `#`.
 */
export function withLooks(address, looks = "") {
  const [page, hash = ""] = address.split(/#(.*)/s);
  const parts = [...partsWithoutLooks(hash), ...(looks ? [looks] : [])];
  return page + (parts.length > 0 ? `#${parts.join("&")}` : "");
}
