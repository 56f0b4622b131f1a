// What the presenter's part of a page's state is; nothing of it is in the address.

/**
 * @typedef {object} Presenting
 * @property {boolean} presenting Whether the page is for the back row: controls away, type large.
 * @property {boolean} blank Whether the screen is dark while somebody talks.
 * @property {boolean} laser Whether a dot follows the mouse.
 * @property {number | null} audience When the audience's window came, in milliseconds of the clock;
 *   null where there is none.
 * @property {boolean} strip Whether the speaker's notes and clock are shown while there is one.
 */

/** @type {Readonly<Presenting>} */
export const PRESENTING = Object.freeze({
  presenting: false,
  blank: false,
  laser: false,
  audience: null,
  strip: true,
});

/** What goes from page to page. @type {readonly (keyof Presenting)[]} */
export const STAYS = ["presenting", "blank", "laser", "strip"];

/** What was kept of it. @param {string | null} text @returns {Partial<Presenting>} */
export function presentingOf(text) {
  try {
    const known = JSON.parse(text ?? "{}") ?? {};
    return Object.fromEntries(
      STAYS.filter((name) => typeof known[name] === "boolean").map((name) => [name, known[name]]),
    );
  } catch {
    return {};
  }
}
