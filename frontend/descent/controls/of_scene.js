// The controls of a scene, by their names in the page's address: surface.condition_number,
// run.learning_rate of all runs, run.1.momentum of the second, start, steps, seed.

import { numberInput } from "../../forms/number.js";
import { control } from "../../forms/parameter.js";
import { conventionName } from "../../i18n/conventions.js";
import { t } from "../../i18n/i18n.js";
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { defaultNumber, namesOf, optimizerOf, pointCount, rangeOf, surfaceOf } from "../state.js";
import { replaced } from "./fields.js";
import { putStart } from "./moving.js";

/**
 * @typedef {import("./types.js").Run} Run
 * @typedef {import("./types.js").State} State
 * @typedef {import("../../forms/schema.js").Schema} Schema
 *
 * A number or a word of a run: how it is declared, what it is, and what changes with it.
 * @typedef {{ schema: any, value: any, put: (now: Run, value: any) => Partial<Run> }} Knob
 */

/** What a group of controls is called in identifiers: the laboratory's have the same names. */
const GROUP = "scene";
const NONE = "none";
const SEEDS = 2 ** 32 - 1;
const RUN = /^run\.(?:(\d+|\*)\.)?(.+)$/;

/** @param {string} text */
const inBoth = (text) => ({ en: text, ru: text });

/** @param {string} title @param {{ id: string, title: any }[]} entries */
const wordOf = (title, entries) => ({
  titles: inBoth(title),
  enum: entries.map(({ id }) => id),
  labels: Object.fromEntries(entries.map(({ id, title: said }) => [id, said])),
});

/** A number or a word of a run by its name; null where that run has none such.
 * @param {any} catalog @param {State} state @param {Run} run @param {string} name @returns {Knob | null} */
function knobOf(catalog, state, run, name) {
  const [part, inner] = name.split(".");
  const optimizer = optimizerOf(catalog, run);
  if (name === "convention") {
    const entries = Object.keys(optimizer.conventions).map((id) => ({
      id,
      title: inBoth(conventionName(id)),
    }));
    const schema = wordOf(t("editor.convention"), entries);
    return { schema, value: run.convention, put: (_, convention) => ({ convention }) };
  }
  if (name === "schedule") {
    const schema = wordOf(t("training.schedule"), catalog.schedules);
    return {
      schema,
      value: run.schedule,
      put: (_, schedule) => ({ schedule, scheduleNumbers: {} }),
    };
  }
  if (name === "clipping") {
    const none = { id: NONE, title: inBoth(t("training.none")) };
    const schema = wordOf(t("training.clipping"), [none, ...catalog.clippings]);
    const value = run.clipping ?? NONE;
    return { schema, value, put: (_, id) => ({ clipping: id === NONE ? null : id }) };
  }
  if (name === "clipping.threshold") {
    const schema = catalog.clippings[0].parameters.properties.threshold;
    const value = run.threshold ?? schema.default;
    return run.clipping ? { schema, value, put: (_, threshold) => ({ threshold }) } : null;
  }
  if (part === "schedule") {
    const entry = catalog.schedules.find((/** @type {any} */ { id }) => id === run.schedule);
    const schema = entry.parameters.properties[inner];
    return (
      schema && {
        schema,
        value: run.scheduleNumbers[inner] ?? schema.default,
        put: (now, value) => ({ scheduleNumbers: replaced(now.scheduleNumbers, inner, value) }),
      }
    );
  }
  if (part === "penalty") {
    const schema = catalog.regularization.properties[inner];
    return (
      schema && {
        schema,
        value: run.regularization[inner] ?? schema.default,
        put: (now, value) => ({ regularization: replaced(now.regularization, inner, value) }),
      }
    );
  }
  if (name === "noise") {
    const schema = catalog.gradient_noise;
    return { schema, value: run.noise, put: (_, noise) => ({ noise }) };
  }
  if (name === "batch") return batchOf(catalog, state, run);
  const schema = optimizer.parameters.properties[name];
  return (
    schema && {
      schema,
      value: run.numbers[name] ?? defaultNumber(catalog, state, run, name),
      put: (now, value) => ({ numbers: replaced(now.numbers, name, value) }),
    }
  );
}

/** @param {any} catalog @param {State} state @param {Run} run @returns {Knob | null} */
function batchOf(catalog, state, run) {
  const count = pointCount(catalog, state);
  if (count === null) return null;
  const schema = {
    type: "integer",
    minimum: 1,
    maximum: count,
    default: count,
    scale: "log",
    titles: inBoth(t("training.batch")),
  };
  return {
    schema,
    value: run.batch ?? count,
    put: (_, value) => ({ batch: value >= count ? null : value }),
  };
}

/**
 * @param {import("./types.js").Tools & {
 *   parameter: (state: any, surface: any, name: string, more: object) => unknown,
 *   names: (state: any) => string[] }} tools
 */
export function createSceneControls({ catalog, store, pace, parameter, names }) {
  const { limits } = catalog;

  /** @param {State} state @param {string} name @param {string | undefined} which @param {string} inner */
  function ofRuns(state, name, which, inner) {
    /** @param {Run} run @param {number} index */
    const isMeant = (run, index) =>
      (which === undefined || which === "*" || Number(which) === index) &&
      knobOf(catalog, state, run, inner) !== null;
    const index = state.runs.findIndex(isMeant);
    const run = state.runs[index];
    const knob = run && knobOf(catalog, state, run, inner);
    if (!knob) return nothing;
    const { en, ru } = knob.schema.titles;
    // Whose it is goes without saying where no other run has such a number.
    const having = state.runs.filter((/** @type {Run} */ one) =>
      knobOf(catalog, state, one, inner),
    );
    const isOne = which !== undefined && which !== "*" && having.length > 1;
    const whose = isOne ? ` · ${names(state)[index]}` : "";
    return control({
      name,
      group: GROUP,
      schema: { ...knob.schema, note: null, titles: { en: en + whose, ru: ru + whose } },
      value: knob.value,
      range: rangeOf(catalog, state, inner === "noise" ? "gradient_noise" : inner),
      identity: `${store.get().scene} ${run.key} ${inner}`,
      onInput: (value) =>
        pace.change(name, (now) => ({
          runs: now.runs.map((/** @type {Run} */ one, /** @type {number} */ at) =>
            isMeant(one, at)
              ? {
                  ...one,
                  .../** @type {Knob} */ (knobOf(catalog, now, one, inner)).put(one, value),
                }
              : one,
          ),
        })),
    });
  }

  /** A field of the state itself. @param {State} state @param {"steps" | "seed"} name */
  const ofState = (state, name) =>
    control({
      name,
      group: GROUP,
      schema: {
        type: "integer",
        minimum: name === "steps" ? 1 : 0,
        maximum: name === "steps" ? limits.steps : SEEDS,
        slider: name === "steps" ? [1, Math.max(1000, state.steps)] : [0, 100],
        titles: inBoth(t(name === "steps" ? "steps.label" : "seed.label")),
      },
      value: state[name],
      identity: `${store.get().scene} ${name}`,
      onInput: (value) => pace.change(name, () => ({ [name]: value })),
    });

  /** @param {State} state */
  function starts(state) {
    const axes = namesOf(catalog, state);
    const schema = { minimum: -limits.coordinate, maximum: limits.coordinate, titles: inBoth("") };
    return html`<div class="scene-starts" data-control="scene.start"><p>${t("scene.start")}</p>
      ${state.starts.map(
        (start, index) =>
          html`<div class="scene-start">${[0, 1].map(
            (axis) =>
              html`<div class="coordinate"><span class="axis">${axes[axis]}</span>${numberInput({
                id: `scene-start-${index}-${"xy"[axis]}`,
                label: t("starts.coordinate", { axis: axes[axis], n: index + 1 }),
                schema,
                value: start[axis],
                identity: `${store.get().scene} ${state.starts.length}`,
                onInput: (value) =>
                  store.update((now) => {
                    const point = [...now.starts[index]];
                    point[axis] = value;
                    return putStart(now, index, point);
                  }),
              })}</div>`,
          )}</div>`,
      )}</div>`;
  }

  /** @param {string} name @param {State} state */
  return (name, state) => {
    if (name === "start") return starts(state);
    if (name === "steps" || name === "seed") return ofState(state, name);
    const run = RUN.exec(name);
    if (run) return ofRuns(state, name, run[1], run[2]);
    const inner = name.replace(/^surface\./, "");
    const surface = surfaceOf(catalog, state);
    return Object.hasOwn(surface.parameters.properties, inner)
      ? parameter(state, surface, inner, { group: GROUP, name })
      : nothing;
  };
}
