// A learning rate that was changed on the way, and training that goes on with the present one.

import { trainingBody } from "./bodies.js";
import { changesIn, inText } from "./changes.js";
import { knobsOf } from "./knobs.js";
import { settingsOf, turn } from "./state.js";

/**
 * @typedef {import("./knobs.js").Catalog} Catalog
 * @typedef {import("./knobs.js").Knob} Knob
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Trained} Trained
 */

export const RATE = "optimizer.learning_rate";

/** @param {Knob[]} knobs @param {string} key */
const valueIn = (knobs, key) => knobs.find((one) => one.key === key)?.value;

/** @param {Knob[]} knobs */
export const changesOf = (knobs) => changesIn(valueIn(knobs, "changes") ?? "");

/** @param {Readonly<State>} state @param {Knob[]} knobs Of the edited setting. @param {number} step */
export const changeRemoved = (state, knobs, step) =>
  turn(state, "changes", inText(changesOf(knobs).filter((one) => one.step !== step)) || undefined);

/** The rate of a setting's last steps: that which its control shows. @param {Knob[]} knobs */
export const presentRate = (knobs) =>
  changesOf(knobs).at(-1)?.learning_rate ?? valueIn(knobs, RATE);

/**
 * The rate of the last steps is another one; without one it is what it was before it was changed.
 *
 * @param {Readonly<State>} state
 * @param {Knob[]} knobs Of the edited setting.
 * @param {number} [rate]
 */
export function turnRate(state, knobs, rate) {
  const changes = changesOf(knobs);
  const last = changes.pop();
  if (!last) return turn(state, RATE, rate);
  if (rate !== undefined) changes.push({ ...last, learning_rate: rate });
  return turn(state, "changes", inText(changes) || undefined);
}

/** All that two trainings have to share for the one to go on where the other ended.
 * @param {Catalog} catalog @param {import("./state.js").Settings} state
 * @param {import("./state.js").Letter} letter */
function baseOf(catalog, state, letter) {
  const { steps: _, changes: _changes, optimizer, ...rest } = trainingBody(catalog, state, letter);
  const { learning_rate: _rate, ...rule } = optimizer;
  return JSON.stringify({ ...rest, rule });
}

/**
 * How training could go on with the present rates; null where it could not: nothing was trained to
 * its end, something else was changed too, or a schedule spans the whole run.
 *
 * @param {Catalog} catalog
 * @param {Pick<State, "a" | "b" | "shared" | "trained">} state
 * @returns {{ from: number, to: number, rates: number[] } | null}
 */
export function onward(catalog, state) {
  const { trained } = state;
  const letters = settingsOf(state);
  if (trained.length !== letters.length || !catalog.limits.rate_changes) return null;
  const { steps: from, changes = [] } = JSON.parse(trained[0].body);
  const isWhole = trained.every(({ run }) => run.divergedAt === null && run.count === from);
  if (!isWhole) return null;
  const isSame = trained.every(({ settings, letter }) => {
    return (
      valueIn(knobsOf(catalog, state, letter), "schedule") === "constant" &&
      baseOf(catalog, settings, letter) === baseOf(catalog, state, letter)
    );
  });
  if (!isSame) return null;
  const wanted = valueIn(knobsOf(catalog, state, "A"), "steps");
  // As many steps again as the first time, or up to where the reader has set.
  const more = changes[0]?.step ?? from;
  const to = Math.min(wanted > from ? wanted : from + more, catalog.limits.training_steps);
  if (to <= from) return null;
  return { from, to, rates: letters.map((letter) => presentRate(knobsOf(catalog, state, letter))) };
}

/**
 * The settings with which it goes on: what was trained, and after its last step the present rate.
 *
 * @param {Catalog} catalog
 * @param {Readonly<State>} state
 * @returns {Partial<State>}
 */
export function goneOn(catalog, state) {
  const next = onward(catalog, state);
  if (next === null) return {};
  const settings = state.trained.map(({ settings: before, letter }, index) => {
    const knobs = knobsOf(catalog, before, letter);
    const rate = next.rates[index];
    const changes = changesOf(knobs);
    if (rate !== presentRate(knobs)) changes.push({ step: next.from, learning_rate: rate });
    const { changes: _, ...own } = (letter === "B" ? before.b : before.a) ?? before.a;
    return changes.length > 0 ? { ...own, changes: inText(changes) } : own;
  });
  return {
    a: settings[0],
    b: settings[1] ?? null,
    shared: { ...state.shared, steps: next.to },
  };
}
