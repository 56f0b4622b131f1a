// What this page asks the server: bodies made of the state, and answers with decoded arrays.

import { ask, decode } from "../api/api.js";
import { describe, NONE, PARTS } from "./knobs.js";
import { valuesOf } from "./state.js";

function parts(catalog, state, letter) {
  const knobs = describe(catalog, valuesOf(state, letter));
  const value = Object.fromEntries(knobs.map((knob) => [knob.key, knob.value]));
  // What nobody has touched is left to the server.
  const part = (name) => ({
    id: value[name],
    ...Object.fromEntries(
      knobs
        .filter(({ key, touched }) => touched && key.startsWith(`${name}.`))
        .map((knob) => [knob.key.slice(name.length + 1), knob.value]),
    ),
  });
  return { value, ...Object.fromEntries(Object.keys(PARTS).map((name) => [name, part(name)])) };
}

function networkBody({ value, activation, initializer, dataset }) {
  const { depth, width, skip, normalization, loss, seed } = value;
  return { depth, width, activation, initializer, skip, normalization, loss, dataset, seed };
}

// The body of POST networks/signal.
export function signalBody(catalog, state, letter) {
  const asked = parts(catalog, state, letter);
  return {
    ...networkBody(asked),
    seeds: asked.value.seeds,
    include: state.show === "distributions" ? ["histograms"] : [],
  };
}

// The body of POST networks/training.
export function trainingBody(catalog, state, letter) {
  const asked = parts(catalog, state, letter);
  const { convention, steps, batch, "dataset.size": size } = asked.value;
  return {
    ...networkBody(asked),
    optimizer: { ...asked.optimizer, convention },
    schedule: asked.schedule,
    clipping: asked.clipping.id === NONE ? null : asked.clipping,
    steps,
    batch_size: batch === size ? null : batch,
  };
}

const tableOf = ({ shape, ...array }) => {
  const flat = decode(array);
  const [rows, columns] = String(shape).split(",").map(Number);
  return Array.from({ length: rows }, (_, row) =>
    flat.subarray(row * columns, (row + 1) * columns),
  );
};

// How the signal fares in a network; histograms come as arrays.
export async function requestSignal(body) {
  const answer = await ask("networks/signal?encoding=typed", body);
  if (!answer.histograms) return answer;
  const { activation, gradient } = answer.histograms;
  for (const one of [activation, gradient]) {
    one.edges = decode(one.edges);
    one.counts = tableOf(one.counts);
  }
  return answer;
}
