// The small network whose trainability is mapped (Sohl-Dickstein 2024), its numbers and presets.
// Names are the server's.

/** @typedef {import("./axes.js").Axis} Axis */
/** @typedef {import("./axes.js").Axes} Axes */

/** Steps of its training. */
export const TRAINED = 100;

/** As nobody has touched it. @type {Readonly<Record<string, any>>} */
export const NETWORK = Object.freeze({ width: 8, points: 16, activation: "tanh", seed: 0 });

export const ACTIVATIONS = ["tanh", "relu", "linear"];

/** Whole numbers of the network: least, most. @type {Record<string, [number, number]>} */
export const WHOLES = { width: [1, 64], points: [1, 1024], seed: [0, 4294967295] };

/** Numbers that may stand on an axis: least, most, and where an axis of it runs at first.
 * @type {Record<string, { bounds: [number, number], whole: [number, number], scale: "log" | "linear", symbol: string }>} */
export const AXES = {
  "learning_rate.input": {
    bounds: [1e-12, 1e12],
    whole: [1e-3, 1e6],
    scale: "log",
    symbol: "α₀",
  },
  "learning_rate.output": {
    bounds: [1e-12, 1e12],
    whole: [1e-3, 1e6],
    scale: "log",
    symbol: "α₁",
  },
  learning_rate: { bounds: [1e-12, 1e12], whole: [1e-3, 1e6], scale: "log", symbol: "α" },
  initial_scale: { bounds: [1e-6, 1e3], whole: [0.1, 100], scale: "log", symbol: "s" },
  initial_offset: { bounds: [-1000, 1000], whole: [-3, 3], scale: "linear", symbol: "μ" },
};

/** @param {string} name @returns {Axis} */
export const networkAxis = (name) => {
  const { whole, scale } = AXES[name];
  return { name, from: whole[0], to: whole[1], scale };
};

/** What is mapped at first. @type {Axes} */
export const WHOLE = {
  x: networkAxis("learning_rate.input"),
  y: networkAxis("learning_rate.output"),
};

/** @param {string} name @returns {[number, number]} Infinite for what is no axis. */
export const networkBounds = (name) => AXES[name]?.bounds ?? [-Infinity, Infinity];

/**
 * Settings that are chosen by one name: a small network that is there at once, the notebook's light one
 * and the paper's picture, and others of its figures.
 *
 * @type {Record<string, { network: Record<string, any>, trained: number, across: Axis | null, up: Axis | null }>}
 */
export const PRESETS = {
  small: { network: NETWORK, trained: TRAINED, across: null, up: null },
  light: { network: { ...NETWORK, points: 72 }, trained: TRAINED, across: null, up: null },
  paper: { network: { ...NETWORK, width: 16, points: 272 }, trained: 500, across: null, up: null },
  relu: { network: { ...NETWORK, activation: "relu" }, trained: TRAINED, across: null, up: null },
  linear: {
    network: { ...NETWORK, activation: "linear" },
    trained: TRAINED,
    across: null,
    up: null,
  },
  offset: {
    network: NETWORK,
    trained: TRAINED,
    across: networkAxis("learning_rate"),
    up: networkAxis("initial_offset"),
  },
};

/**
 * The preset that a state has, however far it is zoomed; undefined where it is none.
 *
 * @param {{ network: Readonly<Record<string, any>>, trained: number, across: Axis | null, up: Axis | null }} state
 */
export const presetOf = ({ network, trained, across, up }) =>
  Object.keys(PRESETS).find((name) => {
    const preset = PRESETS[name];
    /** @param {Axis | null} one @param {Axis} other */
    const named = (one, other) => (one ?? other).name;
    return (
      trained === preset.trained &&
      Object.keys(NETWORK).every((key) => network[key] === preset.network[key]) &&
      named(across, WHOLE.x) === named(preset.across, WHOLE.x) &&
      named(up, WHOLE.y) === named(preset.up, WHOLE.y)
    );
  });

/** Cells along a side of the first sight of a map of networks, about (server/maps/trainability.py). */
const SIDE = 64;
const COARSEST = 16;

/** Of a map of networks: halved from level to level. @param {number} count */
export function stridesOf(count) {
  let stride = 1;
  while (stride < COARSEST && count > 1.5 * SIDE * stride) stride *= 2;
  const strides = [];
  for (; stride >= 1; stride /= 2) strides.push(stride);
  return strides;
}
