// Runs as charts and pictures are given them.

/**
 * @typedef {object} Trajectory
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y
 * @property {number[] | Float64Array | Float32Array} loss
 * @property {ArrayLike<number>} gradient_norm
 * @property {number[] | Float64Array | Float32Array} learning_rate
 * @property {{x: ArrayLike<number>, y: ArrayLike<number>} | null} [effective_rate] Of each step.
 * @property {number[]} clipped
 * @property {number | null} diverged_at
 *
 * @typedef {object} Run
 * @property {number} key
 * @property {string} name
 * @property {import("./palette.js").RunStyle} style
 * @property {Trajectory[]} trajectories One from each start.
 */

export {};
