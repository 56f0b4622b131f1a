// The controls beside the map: the surface and its run, or the network; which numbers are mapped; from
// where and for how long.

import { choice, list } from "../forms/choice.js";
import { formulaField } from "../forms/formula.js";
import { group } from "../forms/group.js";
import { numberInput } from "../forms/number.js";
import { control } from "../forms/parameter.js";
import { applies } from "../forms/schema.js";
import { conventionName } from "../i18n/conventions.js";
import { localize, t } from "../i18n/i18n.js";
import { formulaTold } from "../runs/formula.js";
import { CONSTANT, FORMULA, newRun, optimizerOf, replaced } from "../runs/run.js";
import { declaredSurface, groupsOf, surfaceOptions } from "../runs/surfaces.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { createAxisCard } from "./axis_card.js";
import { createNetworkCard } from "./network_card.js";
import { NOISE, numberIn, numbersOf, THRESHOLD, withNumber } from "./numbers.js";
import { axesOf, DETAILS, mappable, settled, untouchedSurface } from "./state.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./main.js").Model} Model
 * @typedef {object} Tools
 * @property {import("./state.js").Catalog} catalog
 * @property {import("../core/store.js").Store<State>} store
 * @property {{ change(control: string, change: (state: Readonly<State>) => Partial<State>): void }} pace
 * @property {(problems: string[]) => void} [tell] Told with what could not be kept, as an address has it.
 */

const NAME = { en: "", ru: "" };

/** @param {HTMLElement} section @param {Tools} tools
 * @returns {import("../core/panels.js").Panel<Model, any>} */
export function createSidebar(section, tools) {
  const { catalog, store, pace, tell } = tools;
  const groups = groupsOf(catalog);
  const axisCard = createAxisCard(tools);
  const networkCard = createNetworkCard(tools);

  /** Changes the run, and the axes with it. @param {Partial<State["run"]>} change */
  const putRun = (change) =>
    store.update((state) => {
      const { run, x, y } = settled(catalog, { ...state, run: { ...state.run, ...change } });
      return { run, x, y };
    });

  /** @param {string} id */
  function chooseSurface(id) {
    const before = store.get().run;
    store.update((state) => {
      const next =
        id === FORMULA
          ? { surface: FORMULA, parameters: {}, points: null, x: null, y: null }
          : untouchedSurface(declaredSurface(catalog, id));
      const { run, x, y } = settled(catalog, { ...state, ...next });
      return { ...next, run, x, y };
    });
    if (store.get().run !== before) tell?.([`run=${before.optimizer}`]);
  }

  /** A slider of a number that stands on no axis. @param {State} state @param {import("./numbers.js").Mapped} number */
  function slider(state, { name, schema }) {
    const { x, y } = axesOf(catalog, state);
    const untouched = withNumber(state, name, undefined);
    const isTouched =
      JSON.stringify([untouched.parameters, untouched.run]) !==
      JSON.stringify([state.parameters, state.run]);
    return control({
      name,
      schema,
      value: numberIn(catalog, state, { name, schema }),
      touched: isTouched,
      identity: `${state.surface} ${state.run.key} ${name}`,
      hidden: x.name === name || y.name === name,
      onInput: (value) => pace.change(name, (now) => withNumber(now, name, value)),
      onReset: () => pace.change(name, (now) => withNumber(now, name, undefined)),
    });
  }

  /** Words and whole numbers of a surface, which stand on no axis. @param {State} state */
  function others(state) {
    const { properties } = declaredSurface(catalog, state.surface).parameters;
    /** @param {string} name */
    const valueFor = (name) => state.parameters[name] ?? properties[name].default;
    return Object.entries(properties)
      .filter(([, schema]) => schema.enum || schema.type !== "number")
      .map(([name, schema]) =>
        control({
          name,
          schema,
          value: valueFor(name),
          touched: name in state.parameters,
          identity: `${state.surface} ${name}`,
          hidden: !applies(schema, valueFor),
          onInput: (value) =>
            pace.change(name, (now) => ({ parameters: replaced(now.parameters, name, value) })),
          onReset: () =>
            pace.change(name, (now) => ({ parameters: replaced(now.parameters, name, undefined) })),
        }),
      );
  }

  /** @param {State} state @param {any} refusal */
  function surfaceCard(state, refusal) {
    const numbers = numbersOf(catalog, state).filter(({ name }) => name.startsWith("surface."));
    return html`<section class="card">
      <h2 class="for-screen-readers">${t("header.surface")}</h2>
      <div class="surface-choice">${list({
        id: "surface-picker",
        label: t("header.surface"),
        value: state.surface,
        options: surfaceOptions(groups),
        onInput: chooseSurface,
      })}</div>
      ${
        state.surface === FORMULA
          ? formulaField({
              id: "formula",
              value: state.formula,
              before: "f(x, y) =",
              label: t("formula.label"),
              maxlength: catalog.limits.formula,
              error: refusal,
              say: formulaTold,
              onInput: (formula) => store.update({ formula }),
            })
          : nothing
      }
      ${numbers.map((number) => slider(state, number))}${others(state)}
      ${state.points === null ? nothing : html`<p class="hint">${t("maps.own_points")}</p>`}
    </section>`;
  }

  /** @param {State} state */
  function runCard(state) {
    const { run } = state;
    const optimizer = optimizerOf(catalog, run);
    const conventions = Object.keys(optimizer.conventions);
    const numbers = numbersOf(catalog, state).filter(({ name }) => !name.startsWith("surface."));
    const isMore = (/** @type {import("./numbers.js").Mapped} */ { name }) =>
      name === THRESHOLD || name === NOISE;
    const clipping = catalog.clippings.find((/** @type {any} */ { id }) => id === run.clipping);
    const isUsed = clipping || run.noise > 0;
    return html`<section class="card run-card">
      <h2 class="for-screen-readers">${t("maps.run")}</h2>
      <div class="surface-choice">${list({
        id: "optimizer-picker",
        label: t("maps.run"),
        value: run.optimizer,
        options: mappable(catalog, state).map(({ id, title }) => ({
          value: id,
          title: localize(title),
        })),
        onInput: (id) => {
          const next = catalog.optimizers.find((/** @type {any} */ one) => one.id === id);
          putRun({ ...newRun(next), numbers: {} });
        },
      })}</div>
      ${
        conventions.length > 1
          ? choice({
              id: "convention",
              title: t("editor.convention"),
              value: run.convention,
              options: conventions.map((name) => ({ value: name, title: conventionName(name) })),
              onInput: (convention) => putRun({ convention }),
            })
          : nothing
      }
      ${numbers.filter((number) => !isMore(number)).map((number) => slider(state, number))}
      ${
        optimizer.reference_only
          ? nothing
          : group({
              name: "maps.more",
              title: t("maps.more"),
              value: clipping ? localize(clipping.title) : null,
              isOpen: Boolean(isUsed),
              content: html`${choice({
                id: "clipping",
                title: t("training.clipping"),
                value: run.clipping ?? "",
                options: [
                  { value: "", title: t("training.none") },
                  ...catalog.clippings.map((/** @type {any} */ { id, title }) => ({
                    value: id,
                    title: localize(title),
                  })),
                ],
                onInput: (id) => putRun({ clipping: id || null }),
              })}${numbers.filter((number) => (number.name === THRESHOLD ? run.clipping : isMore(number))).map((number) => slider(state, number))}`,
            })
      }
      ${besides(run) ? html`<p class="hint">${t("maps.besides", { what: besides(run) })}</p>` : nothing}
    </section>`;
  }

  /** What else a run has that this page only takes along. @param {State["run"]} run */
  function besides(run) {
    const { schedules } = catalog;
    const schedule = schedules.find((/** @type {any} */ { id }) => id === run.schedule);
    return [
      run.schedule === CONSTANT ? "" : localize(schedule.title),
      ...Object.entries(run.regularization).flatMap(([name, value]) =>
        value > 0 ? [t(`penalty.${name}`)] : [],
      ),
      run.batch === null ? "" : t("name.batch", { size: run.batch }),
    ]
      .filter(Boolean)
      .join(", ");
  }

  /** @param {State} state */
  function startCard({ starts, steps, surface, trained, view, detail }) {
    const isOfRun = view === "stability";
    const [start] = starts;
    const names = declaredSurface(catalog, surface).names;
    /** @param {number} axis */
    const coordinate = (axis) =>
      html`<div class="coordinate"><span class="axis">${names[axis]}</span>${numberInput({
        id: `start-${"xy"[axis]}`,
        label: t("starts.coordinate", { axis: names[axis], n: 1 }),
        schema: {
          minimum: -catalog.limits.coordinate,
          maximum: catalog.limits.coordinate,
          titles: NAME,
        },
        value: start[axis],
        identity: surface,
        onInput: (value) =>
          store.update((state) => ({
            starts: [state.starts[0].map((one, at) => (at === axis ? value : one))],
          })),
      })}</div>`;
    return html`<section class="card start-card">
      ${isOfRun && start ? html`<h2>${t("maps.start")}</h2><div class="start">${coordinate(0)}${coordinate(1)}</div>` : nothing}
      <div class="race">
        <div class="race-field"><label for="steps">${t("steps.label")}</label>${numberInput({
          id: "steps",
          label: t("steps.label"),
          schema: { type: "integer", minimum: 1, maximum: catalog.limits.steps, titles: NAME },
          value: isOfRun ? steps : trained,
          onInput: (value) => store.update(isOfRun ? { steps: value } : { trained: value }),
        })}</div>
        <div class="race-field"><label for="detail">${t("maps.detail")}</label>${list({
          id: "detail",
          value: detail,
          options: DETAILS.map((value) => ({ value, title: `${value} × ${value}` })),
          onInput: (value) => store.update({ detail: Number(value) }),
        })}</div>
      </div>
    </section>`;
  }

  return {
    select: ({ state, answers }) => {
      const { scene, phase, answer, origin, measure, point, theme, large, ...shown } = state;
      return { ...shown, refusal: answers.map.status === "refused" ? answers.map.error : null };
    },
    show({ refusal, ...given }) {
      const state = /** @type {State} */ ({ ...store.get(), ...given });
      const detail = refusal?.detail?.find((/** @type {any} */ { loc }) =>
        loc?.includes("formula"),
      );
      render(
        state.view === "stability"
          ? html`${surfaceCard(state, detail ?? null)}${runCard(state)}${axisCard(state)}${startCard(state)}`
          : html`${networkCard(state)}${axisCard(state)}${startCard(state)}`,
        section,
      );
    },
  };
}
