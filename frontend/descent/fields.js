// The fields of this page's address, in the order in which they are read and written:
// #surface=bowl&surface.condition_number=50&start=-3,1&run=adam,learning_rate:0.1&run=sgd,off&step=120

import { double, field, flag, whole, word } from "../core/codec.js";
import { numbersIn, surfaceFields } from "../runs/fields.js";
import { runFromText, runToText, schemaOf } from "../runs/text.js";
import { REGIONS } from "./regions.js";
import { BEGIN, GROUNDS, LOG, LOSS, SCALES, SPEEDS, surfaceOf } from "./state.js";

/**
 * How many starts and runs an address has given so far, and who is told what of a run is wrong.
 *
 * @typedef {{ catalog: Catalog, given: { starts: number, runs: number }, tell: (what: string) => void }} Reading
 */
/** @typedef {import("./types.js").Catalog} Catalog */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("../core/codec.js").Field<State, State, Reading, { catalog: Catalog }>} Field */

/** @type {Field} */
const starts = {
  name: "start",
  read(draft, text, { catalog, given }) {
    const start = numbersIn(text, 2, catalog.limits.coordinate);
    if (start === null || given.starts >= catalog.limits.starts) return false;
    draft.starts = given.starts === 0 ? [start] : [...draft.starts, start];
    given.starts += 1;
    return true;
  },
  write: ({ starts }) => starts.map((start) => start.join(",")),
};

// Which one of a list is meant, counted from 1; the nearest that there is.
/** @param {unknown[]} list @param {string} text */
const placeIn = (list, text) => Math.min(list.length, Math.max(1, Number(text) || 1)) - 1;

/** @type {Field} */
const selected = {
  name: "selected",
  read(draft, text) {
    draft.selectedStart = placeIn(draft.starts, text);
    return true;
  },
  write: ({ starts, selectedStart }) => (starts.length > 1 ? [String(selectedStart + 1)] : []),
};

/** @type {Field} */
const runs = {
  name: "run",
  read(draft, text, { catalog, given, tell }) {
    if (given.runs >= catalog.limits.runs) return false;
    const { run, wrong } = runFromText(catalog, text, given.runs);
    for (const part of wrong) tell(`run=${part}`);
    if (run === null) return true;
    draft.runs = given.runs === 0 ? [run] : [...draft.runs, run];
    draft.selectedRun = run.key;
    given.runs += 1;
    return true;
  },
  write: ({ runs }, { catalog }) => runs.map((run) => runToText(catalog, run)),
};

/** @type {Field} */
const edit = {
  name: "edit",
  read(draft, text) {
    draft.selectedRun = draft.runs[placeIn(draft.runs, text)].key;
    return true;
  },
  write: ({ runs, selectedRun }) => [String(runs.findIndex(({ key }) => key === selectedRun) + 1)],
};

/** @type {Field} */
const view = {
  name: "view",
  read(draft, text, { catalog }) {
    const ends = numbersIn(text, 4, catalog.limits.coordinate);
    if (ends === null || ends[0] >= ends[1] || ends[2] >= ends[3]) return false;
    const [left, right, bottom, top] = ends;
    draft.view = { x: [left, right], y: [bottom, top] };
    return true;
  },
  write: ({ view }) => (view ? [[...view.x, ...view.y].join(",")] : []),
};

// Where the race stands; a link to a step opens there, and plays nothing.
/** @type {Field} */
const step = {
  name: "step",
  read(draft, text) {
    const value = whole(0, 1e6)(text);
    if (value !== undefined) draft.wish = value;
    return value !== undefined;
  },
  write: ({ clock, steps, wish }) => [
    String(typeof wish === "number" ? wish : wish === BEGIN ? 0 : Math.min(clock.step, steps)),
  ],
};

/** @param {string} text */
const speed = (text) => SPEEDS.find((one) => one === Number(text) && text.trim() !== "");
const LARGEST_SEED = 2 ** 32 - 1;

/** @param {Catalog} catalog @returns {Field[]} */
export const fieldsOf = ({ limits }) => [
  ...surfaceFields,
  starts,
  selected,
  runs,
  edit,
  field({ name: "steps", fallback: null, read: whole(1, limits.steps) }),
  field({ name: "seed", fallback: 0, read: whole(0, LARGEST_SEED) }),
  field({ name: "precision", fallback: "float64", read: word(["float32", "float64"]) }),
  field({ name: "map_precision", fallback: "auto", read: word(["auto", "float64"]) }),
  field({ name: "tolerance", fallback: 0.001, read: double(Number.MIN_VALUE, 1e6) }),
  view,
  field({ name: "aspect", fallback: null, read: word(["equal", "apart"]) }),
  field({ name: "ground", fallback: LOSS, read: word(GROUNDS) }),
  field({ name: "curvature", fallback: "none", read: word(REGIONS) }),
  field({ name: "scale", fallback: LOG, read: word(SCALES) }),
  step,
  field({ name: "anatomy", fallback: null, read: word(["selected", "all"]) }),
  field({ name: "pieces", fallback: null, read: whole(1, 20) }),
  field({ name: "speed", fallback: 1, read: speed }),
  ...["loop", "reveal", "graph", "effective", "beside"].map((name) =>
    field({ name, fallback: false, read: flag, write: (value) => (value ? "1" : "0") }),
  ),
];

// Parameters stood in the address under their own names once.
/** @param {State} draft @param {string} name @param {{ catalog: Catalog }} context */
export const legacyName = (draft, name, { catalog }) =>
  schemaOf(surfaceOf(catalog, draft).parameters, name) ? `surface.${name}` : null;
