// How the selected run is trained: schedule, clipping, penalties, noise and batches. Each part is
// folded until it is used, and says in its title what is set.

import { h, math } from "../../core/dom.js";
import { controlFor } from "../../forms/parameter.js";
import { significant } from "../../i18n/format.js";
import { localize, t } from "../../i18n/i18n.js";
import { CONSTANT, changeRun, optimizerOf, pointCount, rangeOf } from "../state.js";

export function createTraining(catalog, store) {
  const open = new Set();
  let updates = [];

  const change = (run, patch) =>
    store.update((state) =>
      changeRun(state, run.key, patch(state.runs.find(({ key }) => key === run.key))),
    );

  function part(name, value, ...content) {
    const details = h(
      "details",
      {
        class: "training",
        dataset: { part: name },
        ...(open.has(name) || value ? { open: true } : {}),
      },
      h(
        "summary",
        {},
        h("span", {}, t(`training.${name}`)),
        h("span", { class: "training-value" }, value ?? ""),
      ),
      ...content,
    );
    details.addEventListener("toggle", () => {
      if (details.open) open.add(name);
      else open.delete(name);
    });
    return details;
  }

  function choose(id, entries, chosen, none, onInput) {
    return h(
      "select",
      {
        id,
        "aria-label": t(`training.${id}`),
        onchange: (event) => onInput(event.target.value || null),
      },
      none ? h("option", { value: "" }, none) : null,
      entries.map((entry) =>
        h("option", { value: entry.id, selected: entry.id === chosen }, localize(entry.title)),
      ),
    );
  }

  // A control whose value lives where `get` and `put` say; without a value it is the default.
  function control(run, group, name, schema, get, put) {
    const fallback = schema.default;
    const isTouched = (now) => get(now) !== undefined && get(now) !== fallback;
    const made = controlFor({
      name,
      group,
      schema,
      value: get(run) ?? fallback,
      touched: isTouched(run),
      range: () => rangeOf(catalog, store.get(), name === "noise" ? "gradient_noise" : name),
      onInput: (value) => change(run, (now) => put(now, value)),
      onReset: () => change(run, (now) => put(now, undefined)),
    });
    updates.push((now) => made.set(get(now) ?? fallback, isTouched(now)));
    return made.element;
  }

  const penaltiesText = (run) =>
    Object.entries(run.regularization)
      .filter(([, value]) => value > 0)
      .map(([name, value]) => `${t(`penalty.${name}`)} ${significant(value)}`)
      .join(", ");

  function noiseText(state, run) {
    const count = pointCount(catalog, state);
    const batches = count !== null && run.batch !== null && run.batch < count;
    return [
      run.noise > 0 ? `σ = ${significant(run.noise)}` : "",
      batches ? t("training.of", { batch: run.batch, count }) : "",
    ]
      .filter(Boolean)
      .join(", ");
  }

  // A copy without the name when there is no value for it.
  function replaced(numbers, name, value) {
    const { [name]: _, ...rest } = numbers;
    return value === undefined ? rest : { ...rest, [name]: value };
  }

  function schedule(run) {
    const entry = catalog.schedules.find(({ id }) => id === run.schedule);
    const used = run.schedule !== CONSTANT || (run.scheduleNumbers.warmup_steps ?? 0) > 0;
    return part(
      "schedule",
      used ? localize(entry.title) : null,
      choose("schedule", catalog.schedules, run.schedule, null, (id) =>
        change(run, () => ({ schedule: id, scheduleNumbers: {} })),
      ),
      run.schedule === CONSTANT ? null : h("div", { class: "formula" }, math(entry.formula_mathml)),
      run.schedule === CONSTANT ? null : h("p", { class: "hint" }, localize(entry.summary)),
      Object.entries(entry.parameters.properties).map(([name, schema]) =>
        control(
          run,
          "schedule",
          name,
          schema,
          (now) => now.scheduleNumbers[name],
          (now, value) => ({ scheduleNumbers: replaced(now.scheduleNumbers, name, value) }),
        ),
      ),
    );
  }

  function clipping(run) {
    const entry = catalog.clippings.find(({ id }) => id === run.clipping);
    const schema = catalog.clippings[0].parameters.properties.threshold;
    return part(
      "clipping",
      entry ? localize(entry.title) : null,
      choose("clipping", catalog.clippings, run.clipping, t("training.none"), (id) =>
        change(run, () => ({ clipping: id })),
      ),
      entry ? h("div", { class: "formula" }, math(entry.formula_mathml)) : null,
      entry ? h("p", { class: "hint" }, localize(entry.note)) : null,
      entry
        ? control(
            run,
            "clipping",
            "threshold",
            schema,
            (now) => now.threshold ?? undefined,
            (now, value) => ({ threshold: value ?? null }),
          )
        : null,
    );
  }

  function penalties(run, reference) {
    return part(
      "penalties",
      penaltiesText(run),
      Object.entries(catalog.regularization.properties)
        .filter(([name]) => !(reference && name === "weight_decay"))
        .map(([name, schema]) =>
          control(
            run,
            "penalty",
            name,
            schema,
            (now) => now.regularization[name],
            (now, value) => ({ regularization: replaced(now.regularization, name, value) }),
          ),
        ),
      h("p", { class: "hint" }, t(reference ? "penalty.hint_reference" : "penalty.hint")),
    );
  }

  function noise(state, run) {
    const count = pointCount(catalog, state);
    const seed = h("input", {
      type: "number",
      class: "number",
      id: "seed",
      min: 0,
      step: 1,
      value: state.seed,
      "aria-label": t("training.seed"),
      onchange: ({ target }) => {
        const value = Math.round(Number(target.value));
        if (value >= 0 && value < 2 ** 32) store.update({ seed: value });
      },
    });
    updates.push((_, now) => {
      if (document.activeElement !== seed) seed.value = now.seed;
      // Where nothing is random the seed does nothing.
      seed.disabled = !now.runs.some((one) => one.noise > 0 || one.batch !== null);
      seed.title = seed.disabled ? t("training.seed_idle") : "";
    });
    const batch =
      count === null
        ? null
        : control(
            run,
            "training",
            "batch",
            {
              type: "integer",
              minimum: 1,
              maximum: count,
              default: count,
              scale: "log",
              titles: { en: t("training.batch"), ru: t("training.batch") },
            },
            (now) => now.batch ?? undefined,
            (now, value) => ({ batch: value === undefined || value >= count ? null : value }),
          );
    return part(
      "noise",
      noiseText(state, run),
      batch,
      control(
        run,
        "training",
        "noise",
        catalog.gradient_noise,
        (now) => now.noise,
        (now, value) => ({ noise: value ?? 0 }),
      ),
      h("div", { class: "choice" }, h("label", { for: "seed" }, t("training.seed")), seed),
    );
  }

  return {
    // What of a run decides which controls there are.
    keyOf: (state, run) =>
      JSON.stringify([run.schedule, run.clipping, state.surface, pointCount(catalog, state)]),
    build(state, run) {
      updates = [];
      const reference = optimizerOf(catalog, run).reference_only;
      return [
        schedule(run),
        reference ? null : clipping(run),
        penalties(run, reference),
        reference ? null : noise(state, run),
      ];
    },
    show(state, run, section) {
      for (const update of updates) update(run, state);
      const texts = { penalties: penaltiesText(run), noise: noiseText(state, run) };
      for (const [name, text] of Object.entries(texts)) {
        const place = section.querySelector(`[data-part="${name}"] .training-value`);
        if (place) place.textContent = text;
      }
    },
  };
}
