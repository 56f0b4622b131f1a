// The maps that colour the picture.

/**
 * @typedef {import("../../maps/asking.js").Mapped} Mapped
 * @typedef {import("../../scene/scene.js").View} View
 *
 * @typedef {object} MapOfRun
 * @property {number | null} run Its key; null for a map of all of them.
 * @property {string} what What the map is of, but for the view: maps of the same may be gone on with.
 * @property {View} view
 * @property {Mapped} mapped
 * @property {boolean} isStale Whether it is one of before, of other numbers.
 *
 * @typedef {object} Maps
 * @property {"basins" | "winner"} kind
 * @property {number} steps
 * @property {number[]} runs Keys of those that a map of all of them counts.
 * @property {number} count How many maps there will be.
 * @property {number} done Pixels of all of them that have come; beside it of how many.
 * @property {number} total
 * @property {number | null} secondsLeft For all of them.
 * @property {MapOfRun[]} maps Those that have come, so far as they have.
 */

export {};
