// Which surface it is, as a page's address says it:
// #surface=bowl&surface.condition_number=50, #surface=formula&formula=x^2, and one's own points.

import { FORMULA } from "./run.js";
import { declaredSurface } from "./surfaces.js";
import { allowed, schemaOf } from "./text.js";

/** @typedef {import("./run.js").Catalog} Catalog */
/** @typedef {import("./request.js").Surfaced & { starts: number[][] }} Surfaced */
/** @typedef {import("../core/codec.js").Field<any, any, any, any>} Field */

const SURFACE = "surface.";

// As many numbers as are wanted, none of them too large; null for what is none.
/** @param {string} text @param {number} count @param {number} most */
export function numbersIn(text, count, most) {
  const values = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  return values.length === count && values.every((v) => Math.abs(v) <= most) ? values : null;
}

/** @type {Field} */
const surface = {
  name: "surface",
  read(draft, text, { catalog }) {
    const known =
      text === FORMULA || catalog.surfaces.find((/** @type {any} */ { id }) => id === text);
    if (!known) return false;
    draft.surface = text;
    if (known.start) draft.starts = [[...known.start]];
    return true;
  },
  write: (state) => [state.surface],
};

/** @type {Field} */
const formula = {
  name: "formula",
  read(draft, text, { catalog }) {
    if (draft.surface !== FORMULA || text.length > catalog.limits.formula) return false;
    draft.formula = text;
    return true;
  },
  write: (state) => (state.surface === FORMULA ? [state.formula] : []),
};

/** @type {Field} */
const parameters = {
  name: SURFACE,
  read(draft, text, { catalog }, name) {
    const value = allowed(schemaOf(declaredSurface(catalog, draft.surface).parameters, name), text);
    if (value !== null) draft.parameters = { ...draft.parameters, [name]: value };
    return value !== null;
  },
  write: ({ parameters }) =>
    Object.entries(parameters).map(([name, value]) => [name, String(value)]),
};

/** @param {Surfaced} draft @param {Catalog} catalog */
const hasPoints = (draft, catalog) => Boolean(declaredSurface(catalog, draft.surface).points);

/** @type {Field} */
const points = {
  name: "points",
  read(draft, text, { catalog }) {
    const isTooLong = text.length > catalog.limits.points_characters;
    if (!hasPoints(draft, catalog) || isTooLong) return false;
    draft.points = text;
    return true;
  },
  write: ({ points }) => (points === null ? [] : [points]),
};

// How the points' text is to be read.
/** @param {string} name @returns {Field} */
const reading = (name) => ({
  name,
  read(draft, text, { catalog }) {
    if (!/^[a-z_]{1,20}$/.test(text) || !hasPoints(draft, catalog)) return false;
    draft.reading = { ...draft.reading, [name]: text };
    return true;
  },
  write: ({ points, reading }) => (points !== null && reading?.[name] ? [reading[name]] : []),
});

/** @type {Field} */
const columns = {
  name: "columns",
  read(draft, text, { catalog }) {
    if (!/^\d{1,2}(,\d{1,2}){1,2}$/.test(text) || !hasPoints(draft, catalog)) return false;
    draft.columns = text.split(",").map(Number);
    return true;
  },
  write: ({ points, columns }) => (points !== null && columns ? [columns.join(",")] : []),
};

/** In the order in which they are read. @type {Field[]} */
export const surfaceFields = [
  surface,
  formula,
  parameters,
  points,
  ...["separator", "decimal", "grouping"].map(reading),
  columns,
];
