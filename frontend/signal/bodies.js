// What this page asks the server: bodies made of a setting's knobs.

import { changesIn } from "./changes.js";
import { knobsOf, NONE, PARTS } from "./knobs.js";
import { pastedBody } from "./pasted.js";

/**
 * @typedef {import("./knobs.js").Catalog} Catalog
 * @typedef {import("./knobs.js").Knob} Knob
 * @typedef {import("./state.js").Letter} Letter
 * @typedef {import("./state.js").Settings} Settings
 */

/** A training's look before its first step: as few steps and frames as there can be. */
const LOOK = { steps: 1, frames: 2 };

/**
 * Whether there is something to be asked: a table that is to be pasted may not be there yet.
 *
 * @param {Catalog} catalog
 * @param {Settings} state
 */
export const isAskable = (catalog, state) =>
  knobsOf(catalog, state, "A")
    .find(({ key }) => key === "dataset.points")
    ?.value.trim() !== "";

/** @param {Knob[]} knobs */
function parts(knobs) {
  const value = Object.fromEntries(knobs.map((knob) => [knob.key, knob.value]));
  // What nobody has touched is left to the server.
  /** @param {string} name */
  const part = (name) => ({
    id: value[name],
    ...Object.fromEntries(
      knobs
        .filter(({ key, touched }) => touched && key.startsWith(`${name}.`))
        .map((knob) => [knob.key.slice(name.length + 1), knob.value]),
    ),
  });
  const found = Object.fromEntries(Object.keys(PARTS).map((name) => [name, part(name)]));
  if ("dataset.points" in value) found.dataset = pastedBody(value);
  return { value, part: found };
}

/** @param {ReturnType<typeof parts>} asked */
function networkBody({ value, part }) {
  const { depth, width, skip, normalization, loss, seed } = value;
  const { activation, initializer, dataset } = part;
  return { depth, width, activation, initializer, skip, normalization, loss, dataset, seed };
}

/**
 * The body of POST networks/signal.
 *
 * @param {Catalog} catalog
 * @param {Settings & { show: import("./state.js").State["show"] }} state
 * @param {Letter} letter
 */
export function signalBody(catalog, state, letter) {
  const asked = parts(knobsOf(catalog, state, letter));
  return {
    ...networkBody(asked),
    seeds: asked.value.seeds,
    include: state.show === "distributions" ? ["histograms"] : [],
  };
}

/**
 * The body of POST networks/training.
 *
 * @param {Catalog} catalog
 * @param {Settings} state
 * @param {Letter} letter
 * @returns {any}
 */
export function trainingBody(catalog, state, letter) {
  const knobs = knobsOf(catalog, state, letter);
  const asked = parts(knobs);
  const { convention, steps, batch } = asked.value;
  // All points are one batch, however many there are.
  const isWhole = !knobs.find(({ key }) => key === "batch")?.touched;
  const { optimizer, schedule, clipping } = asked.part;
  // What would be changed after the last step is not changed at all.
  const changes = changesIn(asked.value.changes).filter(({ step }) => step < steps);
  return {
    ...networkBody(asked),
    optimizer: { ...optimizer, convention },
    schedule,
    clipping: clipping.id === NONE ? null : clipping,
    steps,
    batch_size: isWhole ? null : batch,
    ...(changes.length > 0 ? { changes } : {}),
  };
}

/**
 * The body of POST networks/training that shows a network before it is trained. How it would be
 * trained does not matter yet, so all who open the same network ask the same.
 *
 * @param {Catalog} catalog
 * @param {Settings} state
 * @param {Letter} letter
 */
export const lookBody = (catalog, state, letter) => ({
  ...networkBody(parts(knobsOf(catalog, state, letter))),
  ...LOOK,
});
