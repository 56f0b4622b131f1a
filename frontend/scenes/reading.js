// A page's own address and codec, as scenes use them.

import { pairsOf } from "../core/codec.js";
import { derived } from "../core/selectors.js";

/** In the address of every page: how it is looked at, which decides nothing. */
const LOOKS = /^(lang|theme|large|from|phase|answer)$/;

/** Whether a name in an address is the page's own. @param {string} name */
export const isOwn = (name) => !LOOKS.test(name);

/**
 * @template {object} S
 * @template {{ read(hash: string): { state: S, problems: string[] }, write(state: Readonly<S>): string }} C
 * @param {C} codec
 * @param {readonly (keyof S)[]} settings What a scene decides of the state.
 * @param {(name: string) => boolean} [isDecided] Whether a name in an address says one of them.
 */
export const readingOf = (codec, settings, isDecided = isOwn) => ({
  ...codec,
  /** All that a scene decides, as text. */
  settings: derived(
    (/** @type {Readonly<S>} */ state) => settings.map((name) => state[name]),
    (state) =>
      pairsOf(codec.write(state))
        .pairs.filter(([name]) => isDecided(name))
        .map((pair) => pair.join("="))
        .join("&"),
  ),
});
