// A run of an optimizer, as the pages' states and addresses have it.

/** What the server declares. @typedef {any} Catalog */
/** One of its optimizers. @typedef {any} Optimizer */

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

/** The surface that is a formula of the reader's own. */
export const FORMULA = "formula";
/** The schedule that changes nothing. */
export const CONSTANT = "constant";

let nextKey = 1;

/** @param {Optimizer} optimizer @returns {string} */
export const defaultConvention = (optimizer) => Object.keys(optimizer.conventions)[0];

/** @param {Catalog} catalog @param {Pick<Run, "optimizer">} run @returns {Optimizer} */
export const optimizerOf = (catalog, run) =>
  catalog.optimizers.find((/** @type {any} */ optimizer) => optimizer.id === run.optimizer);

// A run as nobody has touched it; what is null or absent is left to the server's defaults.
/** @param {Optimizer} optimizer @returns {Omit<Run, "key" | "color">} */
export const asNobodyTouchedIt = (optimizer) => ({
  optimizer: optimizer.id,
  convention: defaultConvention(optimizer),
  numbers: {},
  label: null,
  enabled: true,
  tuned: null,
  schedule: CONSTANT,
  scheduleNumbers: {},
  clipping: null,
  threshold: null,
  regularization: {},
  noise: 0,
  batch: null,
});

/** @param {Optimizer} optimizer @param {Partial<Run>} [more] @returns {Run} */
export const newRun = (optimizer, more = {}) => ({
  key: nextKey++,
  color: 0,
  ...asNobodyTouchedIt(optimizer),
  ...more,
});

/** A copy without a name, or with another value for it.
 * @param {Record<string, any>} numbers @param {string} name @param {unknown} value */
export function replaced(numbers, name, value) {
  const { [name]: _, ...rest } = numbers;
  return value === undefined ? rest : { ...rest, [name]: value };
}
