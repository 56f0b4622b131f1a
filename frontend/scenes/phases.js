// How far a scene is. What gives its answer away is hidden until somebody has predicted it, or the
// lecturer says «go».

import { word } from "../core/codec.js";

/**
 * - `question`: asked, and not answered yet, or not played.
 * - `shown`: played.
 * - `why`: and explained.
 * - `transfer`: asked once more, with something changed.
 * - `done`: that was played, too.
 */
export const PHASES = /** @type {const} */ (["question", "shown", "why", "transfer", "done"]);

/**
 * What was predicted: which of the choices, a number, or a place.
 *
 * @typedef {null | number | [number, number]} Prediction
 * @typedef {typeof PHASES[number]} Phase
 *
 * What every page's state has of scenes.
 * @typedef {object} InScene
 * @property {string | null} scene Which one is on show; null in the laboratory.
 * @property {string | null} origin In the laboratory: the scene whose controls were all wanted.
 * @property {Phase} phase
 * @property {Prediction} answer
 */

/** @type {Readonly<InScene>} */
export const NO_SCENE = Object.freeze({
  scene: null,
  origin: null,
  phase: "question",
  answer: null,
});

export const phaseOf = word(PHASES);

/** Whether what gives the answer away must not be seen. @param {Pick<InScene, "scene" | "phase">} state */
export const isHidden = ({ scene, phase }) =>
  scene !== null && (phase === "question" || phase === "transfer");

/** Whether it is the transfer's state that is on show. @param {Pick<InScene, "phase">} state */
export const isTransfer = ({ phase }) => phase === "transfer" || phase === "done";

/** The phase in which what was asked is played. @param {Phase} phase @returns {Phase} */
export const revealed = (phase) => (phase === "transfer" ? "done" : "shown");
