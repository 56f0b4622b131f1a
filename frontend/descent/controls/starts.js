// Where the paths begin: a list with coordinates to type, and the race's length and precision.

import { h, iconButton } from "../../core/dom.js";
import { read, field as shown } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { namesOf } from "../state.js";

// Where a pointer is, to the digits that it can tell; what is typed is taken as it is.
const rounded = ([x, y]) => [Number(x.toPrecision(6)), Number(y.toPrecision(6))];

const putStart = (state, at, point) => ({
  starts: state.starts.map((start, i) => (i === at ? point : start)),
  selectedStart: at,
});

export const moveStart = (state, index, point) =>
  putStart(state, index ?? state.selectedStart, rounded(point));

export function addStart(state, point, most) {
  if (state.starts.length >= most) return {};
  return { starts: [...state.starts, rounded(point)], selectedStart: state.starts.length };
}

export function removeStart(state, index) {
  if (state.starts.length === 1) return {};
  const starts = state.starts.filter((_, i) => i !== index);
  return { starts, selectedStart: Math.min(state.selectedStart, starts.length - 1) };
}

export function createStarts(section, catalog, store) {
  const { limits } = catalog;

  function coordinateField(state, index, axis) {
    const field = h("input", {
      type: "text",
      inputmode: "decimal",
      class: "number",
      value: shown(state.starts[index][axis]),
      dataset: { start: index, axis: "xy"[axis] },
      "aria-label": t("starts.coordinate", { axis: namesOf(catalog, state)[axis], n: index + 1 }),
    });
    field.addEventListener("change", () => {
      const value = read(field.value);
      const good = Math.abs(value) <= limits.coordinate;
      field.setAttribute("aria-invalid", String(!good));
      field.title = good
        ? ""
        : t("field.range", { low: -limits.coordinate, high: limits.coordinate });
      if (!good) return;
      store.update((now) => {
        const point = [...now.starts[index]];
        point[axis] = value;
        return putStart(now, index, point);
      });
    });
    return field;
  }

  function stepsField(state) {
    const field = h("input", {
      type: "number",
      min: 1,
      max: limits.steps,
      step: 1,
      id: "steps",
      class: "number",
      value: state.steps,
    });
    field.addEventListener("change", () => {
      const value = Number(field.value);
      const good = Number.isInteger(value) && value >= 1 && value <= limits.steps;
      field.setAttribute("aria-invalid", String(!good));
      field.title = good ? "" : t("field.range", { low: 1, high: limits.steps });
      if (good) store.update({ steps: value });
    });
    return field;
  }

  function add() {
    store.update((state) => {
      const [x, y] = state.starts.at(-1);
      return addStart(state, [-x || 0.5, y], limits.starts);
    });
  }

  const startRow = (state, index) =>
    h(
      "li",
      { class: `start${index === state.selectedStart ? " selected" : ""}` },
      h(
        "button",
        {
          type: "button",
          class: "start-name",
          "aria-pressed": String(index === state.selectedStart),
          onclick: () => store.update({ selectedStart: index }),
        },
        String(index + 1),
      ),
      h("span", { class: "axis" }, namesOf(catalog, state)[0]),
      coordinateField(state, index, 0),
      h("span", { class: "axis" }, namesOf(catalog, state)[1]),
      coordinateField(state, index, 1),
      state.starts.length > 1
        ? iconButton(
            "close",
            t("starts.remove", { n: index + 1 }),
            () => store.update((now) => removeStart(now, index)),
            { class: "icon-button small" },
          )
        : null,
    );

  return {
    show(state) {
      if (
        section.contains(document.activeElement) &&
        document.activeElement.matches("input[data-start]") &&
        section.querySelectorAll("li").length === state.starts.length
      ) {
        section.querySelectorAll("input[data-start]").forEach((field) => {
          if (field !== document.activeElement) {
            field.value = shown(
              state.starts[field.dataset.start]["xy".indexOf(field.dataset.axis)],
            );
          }
        });
        return;
      }
      section.replaceChildren(
        h(
          "div",
          { class: "card-head" },
          h("h2", { title: t("starts.hint") }, t("starts.title")),
          iconButton("plus", t("starts.add"), add, {
            class: "icon-button small",
            id: "add-start",
            disabled: state.starts.length >= limits.starts,
          }),
          h(
            "div",
            { class: "run-length" },
            h("label", { for: "steps" }, t("steps.label")),
            stepsField(state),
            h(
              "label",
              { class: "precision", title: t("precision.help") },
              h("input", {
                type: "checkbox",
                id: "float32",
                ...(state.precision === "float32" ? { checked: true } : {}),
                onchange: (event) =>
                  store.update({
                    precision: event.target.checked ? "float32" : "float64",
                  }),
              }),
              "float32",
            ),
          ),
        ),
        h(
          "ul",
          {},
          state.starts.map((_, index) => startRow(state, index)),
        ),
      );
    },
  };
}
