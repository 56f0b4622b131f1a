// The address of a scene: /scene/<id> is its question. What is other than there is written after it:
// #phase=shown&answer=1, and the whole state where somebody has changed it.

import { at, ROOT } from "../api/root.js";
import { createCodec, field, pairsOf } from "../core/codec.js";
import { appearanceFields } from "../shell/fields.js";
import { isTransfer, phaseOf } from "./phases.js";

/**
 * @typedef {import("../api/answers.js").ListedScenario} Listed
 */

const FOLDER = "scene/";

/** @param {string} text @returns {import("./phases.js").Prediction | undefined} */
export function predictionFrom(text) {
  const values = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (values.length > 2 || !values.every(Number.isFinite)) return undefined;
  return values.length === 1 ? values[0] : [values[0], values[1]];
}

/** In the address of every page. */
const ownFields = [
  field({
    name: "from",
    key: "origin",
    fallback: null,
    read: (text) => (/^[a-z0-9_]{1,64}$/.test(text) ? text : undefined),
  }),
  field({ name: "phase", fallback: "question", read: phaseOf }),
  field({ name: "answer", fallback: null, read: predictionFrom }),
];

/** @type {import("../core/codec.js").Field<any, any, any>[]} */
export const sceneFields = ownFields.map((one) => ({
  ...one,
  // In the laboratory they are those of the scene that it came from.
  write: (state, context) =>
    state.scene === null && state.origin === null ? [] : one.write(state, context),
}));

/** The scene that an address names; null for that of a page. @param {string} href */
export function sceneIn(href) {
  const { origin, pathname } = new URL(href);
  const path = origin + pathname;
  return path.startsWith(ROOT + FOLDER) ? path.slice(ROOT.length + FOLDER.length) : null;
}

/** What stands after the `#` of an address. @param {string} address */
export const hashOf = (address) =>
  address.includes("#") ? address.slice(address.indexOf("#")) : "";

/**
 * @typedef {object} Reading
 * @property {(hash: string) => { state: any, problems: string[] }} read The page's own.
 * @property {(state: any) => string} write
 * @property {(state: any) => string} settings All that a scene decides, as text.
 */

/**
 * @param {readonly Listed[]} scenarios
 * @param {string} page The page's own address, below the product's.
 * @param {Reading} own
 */
export function createSceneAddress(scenarios, page, { read, write, settings }) {
  const alone = createCodec([...ownFields, ...appearanceFields]);
  const names = new Set([...ownFields, ...appearanceFields].map(({ name }) => name));
  /** What each scene's own settings are, as text. @type {Map<string, string>} */
  const known = new Map();
  /** @param {string | null} id */
  const find = (id) => scenarios.find((one) => one.id === id) ?? null;

  /** The settings of an address, as text. @param {string} address */
  function settingsIn(address) {
    const found = known.get(address) ?? settings(read(hashOf(address)).state);
    known.set(address, found);
    return found;
  }

  /** Whether a state is other than an address says. @param {any} state @param {string} address */
  const isOther = (state, address) => settings(state) !== settingsIn(address);

  return {
    find,
    isOther,

    /** Whether an address is of a page: its own, or that of a scene that it shows.
     * @param {string} href @param {string} name The page's. */
    isHere(href, name) {
      const scene = find(sceneIn(href));
      if (scene !== null) return scene.page === name;
      const { pathname } = new URL(href);
      return pathname === location.pathname || pathname === new URL(at(page)).pathname;
    },

    /** The state that an address asks for. @param {string} href */
    read(href) {
      const scene = find(sceneIn(href));
      const { hash } = new URL(href);
      if (scene === null) return read(hash);
      const isWhole = pairsOf(hash).pairs.some(([name]) => !names.has(name));
      const { state, problems } = read(
        isWhole ? hash : [hashOf(scene.address), hash.slice(1)].filter(Boolean).join("&"),
      );
      return { state: { ...state, scene: scene.id, origin: null }, problems };
    },

    /** @param {any} state */
    write(state) {
      const scene = find(state.scene);
      if (scene === null) {
        const hash = write(state);
        return sceneIn(location.href) === null ? hash : at(page) + hash;
      }
      const isWhole = isTransfer(state) || isOther(state, scene.address);
      const hash = isWhole ? write(state) : alone.write({ ...state, origin: null }, null);
      return at(FOLDER + scene.id) + (hash === "#" ? "" : hash);
    },
  };
}

/** The address of a scene in the reader's language, theme and size of type.
 * @param {string} id @param {import("../shell/fields.js").Appearance} state */
export function sceneAddress(id, state) {
  const hash = createCodec(appearanceFields).write(state, undefined);
  return at(FOLDER + id) + (hash === "#" ? "" : hash);
}
