// The keys of a scene, and those of a clicker.

import { isHidden } from "./phases.js";

/** Choices that have a key. */
const MOST = 5;

/**
 * @param {import("./types.js").SceneStore} store
 * @param {{ go(way: 1 | -1): void, play(): void, reveal(): void, advance(): void, laboratory(): void,
 *   again(): void, hall(): void, predict(answer: import("./phases.js").Prediction): void }} on
 * @returns {import("../shell/keys.js").Key[]} Before the page's own.
 */
export function createKeysOfScenes(store, on) {
  const isHere = () => store.get().scene !== null;
  const isOpen = () => isHidden(store.get());
  const group = "keys.scene";
  const shared = { group, when: isHere, listed: isHere };
  /** A player's own slider keeps its arrows. @param {KeyboardEvent} event */
  const isFree = ({ target }) =>
    isHere() && !(target instanceof Element && target.matches("[data-player]"));
  return [
    ...Array.from({ length: MOST }, (_, index) => ({
      group,
      keys: [String(index + 1)],
      says: "keys.scene.choose",
      when: isOpen,
      listed: () => isHere() && index === 0,
      shown: ["1", "…", String(MOST)],
      run: () => on.predict(index),
    })),
    { ...shared, keys: [" "], says: "keys.scene.play", when: isOpen, run: () => on.play() },
    { ...shared, keys: ["g"], says: "keys.scene.go", when: isOpen, run: () => on.reveal() },
    {
      ...shared,
      keys: ["n"],
      says: "keys.scene.advance",
      inDialogs: true,
      run: () => on.advance(),
    },
    {
      ...shared,
      keys: ["ArrowRight", "PageDown"],
      says: "keys.scene.next",
      when: isFree,
      run: () => on.go(1),
    },
    {
      ...shared,
      keys: ["PageDown"],
      says: "keys.scene.next",
      listed: () => false,
      // Over what a scene opens, too: a clicker has no Escape.
      inDialogs: true,
      when: isFree,
      run: () => on.go(1),
    },
    {
      ...shared,
      keys: ["ArrowLeft", "PageUp"],
      says: "keys.scene.previous",
      when: isFree,
      run: () => on.go(-1),
    },
    {
      ...shared,
      keys: ["PageUp"],
      says: "keys.scene.previous",
      listed: () => false,
      // Over what a scene opens, too: a clicker has no Escape.
      inDialogs: true,
      when: isFree,
      run: () => on.go(-1),
    },
    { ...shared, keys: ["r"], says: "keys.scene.again", run: () => on.again() },
    { group: "keys.presenter", keys: ["h"], says: "keys.hall", run: () => on.hall() },
    { ...shared, keys: ["c"], says: "keys.scene.laboratory", run: () => on.laboratory() },
  ];
}
