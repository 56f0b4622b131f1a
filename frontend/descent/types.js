// What the state of this page is made of.

/** What the server declares. @typedef {any} Catalog */
/** One of its optimizers. @typedef {any} Optimizer */
/** One of its surfaces, or what the reader brought. @typedef {any} Surface */
/** What the server has measured of a surface that the reader brought. @typedef {any} Measured */

/** @typedef {import("../runs/run.js").Run} Run */

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
 * @property {string} map_precision Of maps: "auto" takes float32 where that tells starts apart.
 * @property {number} tolerance
 * @property {import("../scene/scene.js").View | null} view
 * @property {"equal" | "apart" | null} aspect
 * @property {"loss" | "gradient" | "basins" | "winner"} ground
 * @property {"none" | "convex" | "stable"} curvature Which region of curvature is shaded.
 * @property {boolean} beside Whether the basins of all chosen runs are seen side by side.
 * @property {"log" | "linear"} scale
 * @property {number} speed
 * @property {boolean} loop
 * @property {boolean} reveal Whether the table tells how the race ends before it is there.
 * @property {"en" | "ru" | null} language
 * @property {"light" | "dark" | null} theme
 * @property {boolean} large
 * @property {boolean} graph
 * @property {boolean} welcome Whether lecture and laboratory are offered to who has just come.
 * @property {"selected" | "all" | null} anatomy At whose heads the next step is taken apart.
 * @property {number | null} pieces How many of its parts are put together so far; null for all.
 * @property {boolean} effective Whether the rates of each coordinate are shown.
 * @property {import("../charts/roles.js").PartRole | null} lit The part of a step that is pointed at.
 * @property {import("../core/clock.js").Time} clock
 * @property {"begin" | "go_on" | number | null} wish What the race is to do once its paths are there.
 * @property {boolean} late Whether an answer has been waited for so long that older ones are not
 *   shown any more.
 * @property {{ width: number, height: number } | null} size The picture's inside its axes; null
 *   before it is there.
 * @property {{ objective: string, before: Run[] } | null} tuning The search for rates: its objective,
 *   and the runs as they were when it was opened.
 * @property {string | null} scene As every page has it, and so below: scenes/phases.js.
 * @property {string | null} origin
 * @property {import("../scenes/phases.js").Phase} phase
 * @property {import("../scenes/phases.js").Prediction} answer
 * @property {Map<number, { old: Run, rate: number | undefined }>} kept Runs as they were before the
 *   rates that were kept, by key.
 */

/** A path from one start, its arrays as JavaScript's own; what it came to by each step is asked for.
 * @typedef {Omit<import("../api/answers.js").Trajectory, keyof import("../charts/runs.js").Trajectory>
 *   & import("../charts/runs.js").Trajectory & { outcomes: import("../api/answers.js").Outcome[],
 *     events: import("../api/answers.js").PathEvent[] }
 * } Trajectory */

/** What happened to the selected run, of what has been played: `n` is its number on the path.
 * @typedef {{ n: number, step: number, kind: import("../api/answers.js").PathEvent["kind"],
 *   text: import("../api/answers.js").Words }} Told
 * @typedef {{ key: number, trajectory: Trajectory, color: string, list: Told[] }} Events */

/** The paths of a run, one from each start.
 * @typedef {{ key: number, optimizer: { id: string }, trajectories: Trajectory[] }} RacedRun */

/** With what it is called and how it is drawn.
 * @typedef {RacedRun & { name: string, style: import("../charts/palette.js").RunStyle }} ShownRun */

/**
 * @typedef {object} Race
 * @property {number} steps
 * @property {number} tolerance
 * @property {import("../api/answers.js").Minimum[]} minima
 * @property {any} [standardised] In which units the points are; null where none are in units.
 * @property {RacedRun[]} runs
 */

/** Heights and level lines over a view, and what the server says of the surface besides.
 * @typedef {import("../scene/scene.js").Grid & {
 *   rates: Record<string, number>,
 *   points: import("../charts/fit.js").Props["points"],
 *   rule: string,
 *   reading: import("../api/answers.js").Reading | null,
 * }} Grid */

/** And of what it is: `key` tells its surface from others.
 * @typedef {Grid & Pick<State, "surface" | "ground"> & {
 *   range: import("../scene/scene.js").View,
 *   apart: boolean,
 *   key: string,
 *   names: [string, string],
 *   penalised: boolean,
 * }} Picture */

/** The points of the next step: of a batch alone. @typedef {{ size: number, step: number, seed: number }} Batch */

/** Where the selected run stands: `at` is null where that is out of reach.
 * @typedef {object} Here
 * @property {ShownRun} run
 * @property {Trajectory} trajectory
 * @property {number} step
 * @property {number} rate
 * @property {import("../scene/scene.js").Point | null} at
 */

/**
 * What is known of a resource: one that is ready has a value.
 *
 * @template V
 * @typedef {Omit<import("../core/resources.js").Answer<V>, "status" | "value"> & ({ status: "ready", value: V }
 *   | { status: "nothing" | "asking" | "waiting" | "refused", value: V | null })} Answer
 */

/**
 * @typedef {object} Answers
 * @property {Answer<Measured>} measure
 * @property {Answer<Picture>} grid
 * @property {Answer<Race>} paths
 * @property {Answer<import("../api/answers.js").ProbedPoint>} probe
 * @property {Answer<Grid>} batch
 * @property {Answer<import("./maps/types.js").Maps>} map
 * @property {Answer<import("./regions.js").Curvature>} curvature
 * @property {Answer<import("./anatomy/types.js").Anatomy>} anatomy
 * @property {Answer<import("./tuning/types.js").Found>} search
 * @property {Answer<import("../api/answers.js").Scenario>} scenario
 */

/** What panels are functions of.
 * @typedef {object} Model
 * @property {Readonly<State>} state
 * @property {Answers} answers
 * @property {import("../charts/palette.js").Theme} theme That is seen.
 * @property {import("./controls/types.js").Tuning} tuning
 */

export {};
