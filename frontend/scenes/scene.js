// The scene that is on show, as it comes from the server.

import { fetchScenario } from "../api/api.js";
import { isTransfer } from "./phases.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./types.js").Scenario} Scenario
 */

/** The whole scene, as a resource of its page. @returns {import("../core/resources.js").Resource<any, Scenario>} */
export const createScenario = () => ({
  name: "scenario",
  key: ({ scene }) => scene,
  family: ({ scene }) => scene,
  ask: ({ scene }, { signal }) => fetchScenario(scene, signal),
});

/** Null until it has come. @param {Model} model @returns {Scenario | null} */
export const sceneOf = ({ state, answers }) =>
  state.scene !== null && answers.scenario.value?.id === state.scene
    ? answers.scenario.value
    : null;

/** What is asked now: of the scene, or of its transfer. @param {Model} model */
export function askedNow(model) {
  const scene = sceneOf(model);
  if (scene === null) return null;
  return isTransfer(model.state) ? scene.transfer : scene;
}
