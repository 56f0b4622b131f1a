// What the server answers, by the names that the page has for it. schema.d.ts is written by the
// server's own description (make types); here it only gets shorter names, and arrays as the page asks
// for them: packed (`decode` of api.js makes them JavaScript's own).

/** @typedef {import("./schema.js").components["schemas"]} Schemas */

/** @typedef {Schemas["TypedArray"]} Packed An array as base64, with its kind of number. */

/**
 * An answer whose arrays came packed: wherever an array may be packed, it is.
 *
 * @template T
 * @typedef {Extract<T, Packed> extends never ? (T extends (infer Item)[] ? Typed<Item>[]
 *   : T extends object ? { [Key in keyof T]: Typed<T[Key]> } : T) : Packed | Extract<T, null | undefined>} Typed
 */

/** @typedef {Schemas["Catalog"]} Catalog */
/** @typedef {Schemas["SurfaceEntry"]} SurfaceEntry */
/** @typedef {Schemas["OptimizerEntry"]} OptimizerEntry */
/** @typedef {Schemas["FormContent"]} Form How one convention writes an optimizer. */
/** @typedef {Schemas["ActivationEntry"]} ActivationEntry */
/** @typedef {Schemas["LossEntry"]} LossEntry */
/** @typedef {Schemas["DatasetEntry"]} DatasetEntry */
/** @typedef {Schemas["Text"]} Words A text in every language. */

/** @typedef {Typed<Schemas["GridAnswer"]>} Grid */
/** @typedef {Schemas["LevelLines"]} LevelLines */
/** @typedef {Schemas["SurfaceContent"]} Surface A surface with its numbers put in. */
/** @typedef {Schemas["Minimum"]} Minimum */
/** @typedef {Schemas["ReadingContent"]} Reading How pasted points were read. */
/** @typedef {Typed<Schemas["TrajectoryAnswer"]>} Trajectories */
/** @typedef {Typed<Schemas["TrajectoryContent"]>} Trajectory One run from one start. */
/** @typedef {Schemas["Outcome"]} Outcome What a path came to, and why. */
/** @typedef {Schemas["Event"]} PathEvent What happened on a path, and why. */
/** @typedef {Schemas["ProbeAnswer"]} Probe */
/** @typedef {Schemas["ProbedPoint"]} ProbedPoint */
/** @typedef {Schemas["BackpropagationAnswer"]} Backpropagation A computation graph with its numbers. */
/** @typedef {Schemas["GraphNode"]} GraphNode */
/** @typedef {Schemas["GraphEdge"]} GraphEdge */
/** @typedef {Schemas["AnatomyAnswer"]} Anatomy What one step of each run is made of. */
/** @typedef {Schemas["StepContent"]} StepAnatomy */
/** @typedef {Schemas["SearchAnswer"]} Search Learning rates, tuned. */
/** @typedef {Schemas["SearchedRun"]} SearchedRun */
/** @typedef {Schemas["ScoreboardAnswer"]} Scoreboard Runs compared over surfaces and starts. */
/** @typedef {Typed<Schemas["ValuesOfActivations"]>} Activations */
/** @typedef {Schemas["LossesOfPoints"]} Losses */
/** @typedef {Typed<Schemas["SignalAnswer"]>} Signal */
/** @typedef {Typed<Schemas["TrainingAnswer"]>} Training */
/** @typedef {Schemas["SeenHall"]} SeenHall What a phone is shown of a hall. */
/** @typedef {number | [number, number]} HallAnswer */
/** What a hall has answered: by choice, or every number or place; `before`: when asked before.
 * @typedef {{ round: number, count: number, choices?: number[], numbers?: number[],
 *   taps?: [number, number][], before?: HallCounts }} HallCounts */
/** @typedef {Schemas["ScenarioContent"]} Scenario A scene of the lecture, whole. */
/** @typedef {Schemas["ListedScenario"]} ListedScenario A scene as the catalogue lists it. */
/** @typedef {Scenario["answers"]} Predictable What may be answered to a scene's question. */
/** @typedef {Schemas["Refusal"]} Refusal Which field was refused, and why. */

/**
 * One number, word or switch of a declaration: its JSON Schema, and what a control needs besides.
 *
 * @typedef {object} ParameterSchema
 * @property {"number" | "integer" | "string" | "boolean"} type
 * @property {any} default A number, a word or a truth, as `type` says.
 * @property {string} title
 * @property {Words} titles
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [exclusiveMinimum]
 * @property {number} [exclusiveMaximum]
 * @property {"linear" | "log"} [scale]
 * @property {number | null} [step]
 * @property {[number, number]} [slider] Where a slider runs, if not between the bounds.
 * @property {string} [symbol] In LaTeX.
 * @property {string} [symbol_text]
 * @property {string} [symbol_mathml]
 * @property {Words | null} [unit]
 * @property {Words | null} [note]
 * @property {string[]} [enum] The words to choose from.
 * @property {Record<string, Words>} [labels] What they are called.
 * @property {Record<string, string[]>} [when] Of which other choices it is a number.
 */
/** @typedef {Record<string, ParameterSchema>} ParameterSchemas The `properties` of a declaration. */

export {};
