// What the state of this page is made of.

/** What the server declares. @typedef {any} Catalog */
/** One of its optimizers. @typedef {any} Optimizer */
/** One of its surfaces, or what the reader brought. @typedef {any} Surface */
/** What the server has measured of a surface that the reader brought. @typedef {any} Measured */

/**
 * @typedef {object} Run
 * @property {number} key
 * @property {string} optimizer
 * @property {string} convention
 * @property {Record<string, number>} numbers Those that somebody has touched; so too below.
 * @property {string | null} label
 * @property {boolean} enabled
 * @property {string | null} tuned The mark of the search that its rate is from.
 * @property {string} schedule
 * @property {Record<string, any>} scheduleNumbers
 * @property {string | null} clipping
 * @property {number | null} threshold
 * @property {Record<string, number>} regularization
 * @property {number} noise
 * @property {number | null} batch
 * @property {number} color
 */

/** What the reader may bring of a surface.
 * @typedef {object} Brought
 * @property {string} [surface]
 * @property {Record<string, any>} [parameters]
 * @property {string} [formula]
 * @property {string | null} [points]
 * @property {Record<string, string> | null} [reading]
 * @property {number[] | null} [columns]
 * @property {number[][]} [starts]
 */

/**
 * @typedef {object} State
 * @property {string} surface
 * @property {Record<string, any>} parameters
 * @property {string} formula
 * @property {string | null} points
 * @property {Record<string, string> | null} reading
 * @property {number[] | null} columns
 * @property {Measured | null} measured
 * @property {{ surface: string, points: string | null, change: Brought } | null} typed What the reader
 *   brought and the server has not accepted yet: a change of the surface that is named here.
 * @property {boolean} ownStart Whether the start is to be where the surface has its own, once that
 *   is measured.
 * @property {{ surface: string, parameters: object, of: Record<string, number> } | null} rates
 * @property {number[][]} starts
 * @property {number} selectedStart
 * @property {Run[]} runs
 * @property {number} selectedRun Its key.
 * @property {number} steps
 * @property {number} seed
 * @property {string} precision
 * @property {number} tolerance
 * @property {import("../scene/scene.js").View | null} view
 * @property {"equal" | "apart" | null} aspect
 * @property {string} ground
 * @property {string} scale
 * @property {number} speed
 * @property {boolean} loop
 * @property {boolean} reveal Whether the table tells how the race ends before it is there.
 * @property {"en" | "ru" | null} language
 * @property {"light" | "dark" | null} theme
 * @property {boolean} large
 * @property {boolean} graph
 * @property {import("../core/clock.js").Time} clock
 * @property {string | number | null} wish What the race is to do once its paths are there.
 * @property {boolean} late Whether an answer has been waited for so long that older ones are not
 *   shown any more.
 * @property {{ width: number, height: number } | null} size The picture's inside its axes; null
 *   before it is there.
 * @property {{ objective: string, before: Run[] } | null} tuning The search for rates: its objective,
 *   and the runs as they were when it was opened.
 * @property {Map<number, { old: Run, rate: number | undefined }>} kept Runs as they were before the
 *   rates that were kept, by key.
 */

export {};
