// How the selected run is trained: schedule, clipping, penalties, noise and batches. Each part is
// folded until it is used, and says in its title what is set.

import { list } from "../../forms/choice.js";
import { group } from "../../forms/group.js";
import { control } from "../../forms/parameter.js";
import { formula } from "../../forms/signs.js";
import { significant } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { CONSTANT, optimizerOf, pointCount, rangeOf } from "../state.js";
import { replaced } from "./fields.js";

/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").State} State */
/** @typedef {(run: Run, name: string, patch: (now: Run) => object) => void} ChangeRun */

/** @param {string} name @param {string | null} value @param {unknown} content */
const foldable = (name, value, content) =>
  group({
    name,
    kind: "training",
    title: t(`training.${name}`),
    value,
    isOpen: Boolean(value),
    content,
  });

/** @param {string} id @param {any[]} entries @param {string | null} value @param {string | null} none
 * @param {(id: string | null) => void} onInput */
const choose = (id, entries, value, none, onInput) =>
  list({
    id,
    label: t(`training.${id}`),
    value: value ?? "",
    options: [
      ...(none ? [{ value: "", title: none }] : []),
      ...entries.map((entry) => ({ value: entry.id, title: localize(entry.title) })),
    ],
    onInput: (word) => onInput(word || null),
  });

/** @param {Run} run */
const penaltiesText = (run) =>
  Object.entries(run.regularization)
    .filter(([, value]) => value > 0)
    .map(([name, value]) => `${t(`penalty.${name}`)} ${significant(value)}`)
    .join(", ");

/** @param {Run} run @param {number | null} count */
function noiseText(run, count) {
  const isBatch = count !== null && run.batch !== null && run.batch < count;
  return [
    run.noise > 0 ? `σ = ${significant(run.noise)}` : "",
    isBatch ? t("training.of", { batch: run.batch, count }) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** @param {any} catalog @param {ChangeRun} change */
export function createTraining(catalog, change) {
  /**
   * A control whose value lives where `value` and `put` say; without one it is the default.
   *
   * @param {State} state @param {Run} run @param {string} part @param {string} name @param {any} schema
   * @param {number | undefined} value @param {(now: Run, value: any) => object} put
   */
  const number = (state, run, part, name, schema, value, put) =>
    control({
      name,
      group: part,
      schema,
      value: value ?? schema.default,
      touched: value !== undefined && value !== schema.default,
      range: rangeOf(catalog, state, name === "noise" ? "gradient_noise" : name),
      identity: `${run.key} ${part} ${name}`,
      onInput: (next) => change(run, `${part}.${name}`, (now) => put(now, next)),
      onReset: () => change(run, `${part}.${name}`, (now) => put(now, undefined)),
    });

  /** @param {State} state @param {Run} run */
  function schedule(state, run) {
    const entry = catalog.schedules.find((/** @type {any} */ { id }) => id === run.schedule);
    const isConstant = run.schedule === CONSTANT;
    const isUsed = !isConstant || (run.scheduleNumbers.warmup_steps ?? 0) > 0;
    return foldable(
      "schedule",
      isUsed ? localize(entry.title) : null,
      html`${choose("schedule", catalog.schedules, run.schedule, null, (id) =>
        change(run, "schedule", () => ({ schedule: id, scheduleNumbers: {} })),
      )}
        ${isConstant ? nothing : html`<div class="formula">${formula(entry.formula_mathml)}</div><p class="hint">${localize(entry.summary)}</p>`}
        ${Object.entries(entry.parameters.properties).map(([name, schema]) =>
          number(state, run, "schedule", name, schema, run.scheduleNumbers[name], (now, value) => ({
            scheduleNumbers: replaced(now.scheduleNumbers, name, value),
          })),
        )}`,
    );
  }

  /** @param {State} state @param {Run} run */
  function clipping(state, run) {
    const entry = catalog.clippings.find((/** @type {any} */ { id }) => id === run.clipping);
    const schema = catalog.clippings[0].parameters.properties.threshold;
    return foldable(
      "clipping",
      entry ? localize(entry.title) : null,
      html`${choose("clipping", catalog.clippings, run.clipping, t("training.none"), (id) =>
        change(run, "clipping", () => ({ clipping: id })),
      )}
        ${
          entry
            ? html`<div class="formula">${formula(entry.formula_mathml)}</div><p class="hint">${localize(entry.note)}</p>
              ${number(state, run, "clipping", "threshold", schema, run.threshold ?? undefined, (_, value) => ({ threshold: value ?? null }))}`
            : nothing
        }`,
    );
  }

  /** @param {State} state @param {Run} run @param {boolean} isReference */
  const penalties = (state, run, isReference) =>
    foldable(
      "penalties",
      penaltiesText(run) || null,
      html`${Object.entries(catalog.regularization.properties)
        .filter(([name]) => !(isReference && name === "weight_decay"))
        .map(([name, schema]) =>
          number(state, run, "penalty", name, schema, run.regularization[name], (now, value) => ({
            regularization: replaced(now.regularization, name, value),
          })),
        )}
        <p class="hint">${t(isReference ? "penalty.hint_reference" : "penalty.hint")}</p>`,
    );

  /** @param {State} state @param {Run} run */
  function noise(state, run) {
    const count = pointCount(catalog, state);
    const title = t("training.batch");
    const ofBatch = {
      type: "integer",
      minimum: 1,
      maximum: count ?? 1,
      default: count,
      scale: "log",
      titles: { en: title, ru: title },
    };
    return foldable(
      "noise",
      noiseText(run, count) || null,
      html`${
        count === null
          ? nothing
          : number(
              state,
              run,
              "training",
              "batch",
              ofBatch,
              run.batch ?? undefined,
              (_, value) => ({
                batch: value === undefined || value >= count ? null : value,
              }),
            )
      }${number(state, run, "training", "noise", catalog.gradient_noise, run.noise, (_, value) => ({
        noise: value ?? 0,
      }))}`,
    );
  }

  /** @param {State} state @param {Run} run */
  return (state, run) => {
    const isReference = optimizerOf(catalog, run).reference_only;
    return [
      schedule(state, run),
      isReference ? nothing : clipping(state, run),
      penalties(state, run, isReference),
      isReference ? nothing : noise(state, run),
    ];
  };
}
