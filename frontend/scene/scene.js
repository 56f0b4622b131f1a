// What the picture is a function of.

/**
 * @typedef {import("./projection.js").Point} Point
 * @typedef {import("./projection.js").View} View
 * @typedef {import("./projection.js").Projection} Projection
 * @typedef {import("../charts/runs.js").Run} Run
 * @typedef {import("../charts/runs.js").Trajectory} Trajectory
 * @typedef {import("../charts/palette.js").Inks} Inks
 * @typedef {import("../charts/palette.js").Theme} Theme
 * @typedef {import("../charts/measures.js").Measures} Measures
 * @typedef {import("../charts/display_list.js").Spot} Spot
 * @typedef {import("../charts/display_list.js").Item} Item
 * @typedef {import("../charts/display_list.js").Trail} Trail
 *
 * @typedef {{values: Uint8Array, width: number}} Shade Rows from the bottom; 255 where nothing is.
 * @typedef {{level: number[], length: number[], x: ArrayLike<number>, y: ArrayLike<number>}} Lines
 *   Level lines, one after another: their vertices are 65,535ths of the sides of their view.
 *
 * @typedef {object} Grid
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y
 * @property {ArrayLike<number>} heights
 * @property {ArrayLike<number> | null} gradient
 * @property {number} reference
 * @property {boolean} rounded
 * @property {number[]} levelHeights
 * @property {Lines} lines
 * @property {Shade} shade
 * @property {{low: number, high: number, shade: Shade} | null} steepness
 *
 * @typedef {object} GradientArrow
 * @property {"gradient" | "batch_gradient"} role
 * @property {Point} at
 * @property {Point} gradient
 * @property {string} [color]
 *
 * The next step at the head of a path, in the surface's numbers.
 * @typedef {object} Body
 * @property {number} key Of its run.
 * @property {Point} head
 * @property {Point} end Where the step leads.
 * @property {{role: import("../charts/roles.js").PartRole, by: Point}[]} pieces They add up to it.
 * @property {Point | null} rate The effective rate of each coordinate.
 * @property {Point} lookedAt Where the gradient was taken.
 * @property {number} shown How many are drawn: of the pieces, then the scaling, then the step.
 * @property {boolean} isSelected
 *
 * A map over what is seen, as far as it has come.
 * @typedef {{ view: View, mapped: import("../maps/asking.js").Mapped,
 *   colourOf: import("../maps/painting.js").ColourOf, says(at: Point): string | null }} SceneMap
 *
 * @typedef {{ view: View, width: number, inside: Uint8Array, kind: "convex" | "stable" | "descent" }} Region
 * @typedef {{ at: Point, steepest: Point, eigenvalues: readonly number[] }} Axes A unit eigenvector of
 *   the Hessian's larger eigenvalue; the other is at a right angle to it.
 *
 * @typedef {object} Scene
 * @property {Grid | null} grid Null while there is no picture.
 * @property {View | null} range What is to be seen.
 * @property {Run[]} runs
 * @property {Point[]} starts
 * @property {number} selectedStart
 * @property {{x: number, y: number, loss: number}[]} minima
 * @property {[string, string]} names Of the two parameters.
 * @property {boolean} penalised
 * @property {{grid: Grid, color: string} | null} batch
 * @property {SceneMap | null} map
 * @property {Region | null} region A part of the plane that curvature decides.
 * @property {Axes | null} curves How the surface curves where a path's head stands.
 * @property {GradientArrow[]} arrows
 * @property {import("../charts/events.js").Events | null} events Of one path.
 * @property {Point[]} taps What the hall has answered.
 * @property {Point | null} predicted Where somebody said that a path ends.
 * @property {Point | null} ended Where it does; null while that is not to be seen.
 * @property {Body[]} anatomy
 * @property {import("../charts/roles.js").PartRole | null} lit The part that is pointed at.
 * @property {boolean} apart Whether each axis has a scale of its own.
 * @property {Theme} theme
 * @property {string | null} language
 * @property {boolean} large
 *
 * How things look: colours and sizes.
 * @typedef {{ink: Inks, measures: Measures, isLow: boolean}} Look
 *
 * A path on the panel, and whose it is.
 * @typedef {Trail & {run: Run, start: number, trajectory: Trajectory, firstRing: number}} Path
 *
 * What a mark makes its items of.
 * @typedef {object} Marking
 * @property {Scene} scene
 * @property {Projection} projection
 * @property {Look} look
 * @property {Path[]} paths
 * @property {number} step
 * @property {Map<number, number>} sides Where names stood before.
 */

/** @type {Scene} */
export const NOTHING = {
  grid: null,
  range: null,
  runs: [],
  starts: [],
  selectedStart: 0,
  minima: [],
  names: ["x", "y"],
  penalised: false,
  batch: null,
  map: null,
  region: null,
  curves: null,
  arrows: [],
  events: null,
  taps: [],
  predicted: null,
  ended: null,
  anatomy: [],
  lit: null,
  apart: false,
  theme: "light",
  language: "en",
  large: false,
};

/**
 * @param {Grid} grid
 * @returns {View}
 */
export const viewOf = ({ x, y }) => ({ x: [x[0], x[x.length - 1]], y: [y[0], y[y.length - 1]] });
