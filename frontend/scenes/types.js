// What a page gives its scenes.

/** The store of any page.
 * @typedef {{ get(): any, update(change: any): void,
 *   subscribe(listener: (state: any, changed: Set<string>) => void): () => void }} SceneStore */

/**
 * @typedef {import("./phases.js").InScene & import("../shell/fields.js").Appearance} SceneState
 * @typedef {import("../api/answers.js").Scenario} Scenario
 * @typedef {import("../api/answers.js").ListedScenario} Listed
 * @typedef {import("../api/answers.js").Predictable} Predictable
 * @typedef {[number, number]} Place
 *
 * What panels of a scene are functions of: those of its page.
 * @typedef {{ state: any, answers: import("../core/resources.js").Answers }} Model
 *
 * @typedef {object} Stage
 * @property {"descent" | "signal" | "functions" | "maps"} name
 * @property {{ scenarios: Listed[] }} catalog
 * @property {SceneStore} store
 * @property {() => Model} model
 * @property {import("./address.js").Reading} reading
 * @property {ReturnType<typeof import("./address.js").createSceneAddress>} address
 * @property {(state: any) => object} opened What of a state that was read is put into the page's: all but
 *   what is the window's, and without what the scene before has left.
 * @property {() => object} rewound What of the state is other where nothing has been played yet.
 * @property {object} [uncovered] What of the state is other where nothing lies over the scene.
 * @property {(work: () => void) => void} quietly Changes the state without a trace for «undo».
 * @property {() => void} play Plays what was asked about, from its beginning.
 * @property {() => void} toggle Lets it go on, or stand still.
 * @property {() => void} toEnd Goes to its end.
 * @property {(model: any) => boolean} isOver Whether it has been played to its end.
 * @property {readonly string[]} fields Names in the state that controls depend on.
 * @property {(name: string, model: any) => unknown} control The control of a name, as a template.
 * @property {(model: any, asked: { run: number, start: number }) => Place | null} [endOf] Where a path ends.
 * @property {(model: any) => { x: number[], y: number[] } | null} [seen] What is seen of the plane.
 * @property {(place: Place) => string} [placeText]
 * @property {(state: any) => import("../hall/taps.js").Land | null} [landOf] What a hall can tap on.
 */

export {};
