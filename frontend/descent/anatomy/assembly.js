// A step put together from its parts: in which order, how many of them are there, and what each
// press of the key adds.

/**
 * @typedef {import("./types.js").Part} Part
 * @typedef {import("./types.js").Taken} Taken
 * @typedef {import("../types.js").Model} Model
 * @typedef {import("../../api/answers.js").StepAnatomy} StepAnatomy
 */

/** @param {{x: number, y: number}} vector @returns {[number, number]} */
const pair = ({ x, y }) => [x, y];

/** The pieces in the order of the formula, what scales them, and what they come to.
 * @param {StepAnatomy} step @returns {Part[]} */
export function partsOf({ pieces, effective_rate: rate, head, end }) {
  return [
    ...pieces.map((piece) => ({
      role: piece.role,
      formula: piece.formula_mathml,
      value: pair(piece),
    })),
    ...(rate
      ? [
          {
            role: /** @type {const} */ ("scaling"),
            formula: rate.formula_mathml,
            value: pair(rate),
          },
        ]
      : []),
    { role: "step", formula: null, value: [end.x - head.x, end.y - head.y] },
  ];
}

/** The selected run's step, or all, once they are there; the runs as they are shown now.
 * @param {import("../selectors.js").Selectors} selectors */
export function createTaken(selectors) {
  /** @type {{ value: unknown, runs: unknown, taken: Taken[] }} */
  let last = { value: null, runs: null, taken: [] };
  return (/** @type {Model} */ model) => {
    const { value } = model.answers.anatomy;
    const runs = selectors.runs(model);
    if (model.state.anatomy === null || value === null) return [];
    if (value !== last.value || runs !== last.runs) {
      const taken = value.runs.flatMap(({ key, step }) => {
        const run = runs.find((one) => one.key === key);
        return run && step ? [{ run, step, parts: partsOf(step) }] : [];
      });
      last = { value, runs, taken };
    }
    return last.taken;
  };
}

/** How many parts are shown. @param {Part[]} parts @param {number | null} pieces */
export const shownOf = (parts, pieces) => Math.min(parts.length, pieces ?? parts.length);

/** As the picture draws it. @param {Taken} taken @param {import("../types.js").State} state
 * @returns {import("../../scene/scene.js").Body} */
export function bodyOf({ run, step, parts }, { pieces, selectedRun }) {
  const rate = step.effective_rate;
  return {
    key: run.key,
    head: pair(step.head),
    end: pair(step.end),
    pieces: step.pieces.map((piece) => ({ role: piece.role, by: pair(piece) })),
    rate: rate && pair(rate),
    lookedAt: pair(step.looked_at),
    shown: shownOf(parts, pieces),
    isSelected: run.key === selectedRun,
  };
}
