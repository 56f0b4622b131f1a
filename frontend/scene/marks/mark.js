// A mark makes items of the display list out of the scene's data.

/** @typedef {(marking: import("../scene.js").Marking) => import("../scene.js").Item[]} Mark */

export {};
