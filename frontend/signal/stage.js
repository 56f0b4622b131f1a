// The pictures of one setting, or of two side by side on the same axes.

import { h, renew } from "../core/dom.js";
import { quantity } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { createBars, METRICS, rangeOf } from "./bars.js";
import { nameOf } from "./difference.js";
import { createNumbers } from "./numbers.js";
import { createReadout } from "./readout.js";
import { SHOWN, settingsOf } from "./state.js";
import { legend, legendOfDistributions, sentence, source } from "./theory.js";
import { createViolins, DISTRIBUTIONS, rangeOfDistribution } from "./violins.js";

const LEGENDS = { norms: legend, distributions: legendOfDistributions };

export function createStage(section, catalog, store) {
  const head = h("div", { class: "stage-head" });
  const columns = h("div", { class: "columns" });
  const charts = h("div", { class: "charts" });
  const foot = h("div", { class: "card readout-card" });
  const onLayer = (layer) => store.update({ layer });
  const onHover = (layer) => mark({ layer: layer ?? store.get().layer });
  const readout = createReadout(foot, { onLayer });
  const spinner = h("div", { class: "spinner", role: "status" });
  section.replaceChildren(spinner, head, columns, charts, foot);
  // Pictures live as long as what they show stays: `${setting} ${what}` → picture.
  let pictures = new Map();
  let shown = "";

  function lay(state) {
    const settings = settingsOf(state);
    const make =
      state.show === "norms"
        ? [METRICS, createBars]
        : state.show === "distributions"
          ? [DISTRIBUTIONS, createViolins]
          : [[], null];
    pictures = new Map(
      make[0].flatMap((one) =>
        settings.map((letter) => [`${letter} ${one.id}`, make[1](one, { onLayer, onHover })]),
      ),
    );
    for (const [key, { element }] of pictures) element.classList.add(`of-${key[0]}`);
    charts.replaceChildren(...[...pictures.values()].map(({ element }) => element));
    section.dataset.show = state.show;
    section.dataset.settings = settings.length;
    shown = `${state.show} ${settings.length}`;
  }

  function showHead(state, answers) {
    renew(
      head,
      h(
        "div",
        { class: "segmented", role: "group", "aria-label": t("signal.shown") },
        SHOWN.map((show) =>
          h(
            "button",
            {
              type: "button",
              id: `show-${show}`,
              "aria-pressed": String(show === state.show),
              onclick: () => store.update({ show }),
            },
            t(`signal.show.${show}`),
          ),
        ),
      ),
      h("div", { class: "legend" }, LEGENDS[state.show]?.(answers) ?? ""),
      state.show === "distributions" ? "" : (source(answers) ?? ""),
    );
    columns.replaceChildren(
      ...answers.map((answer, index) => {
        const letter = settingsOf(state)[index];
        return h(
          "div",
          { class: `column of-${letter}` },
          h(
            "h2",
            {},
            answers.length > 1 ? h("span", { class: "letter" }, letter) : null,
            nameOf(catalog, state, letter),
          ),
          h(
            "p",
            { class: "hint" },
            t("signal.about", {
              count: answer.parameters,
              loss:
                answer.loss.mean === null ? t("signal.not_finite") : quantity(answer.loss.mean, 3),
            }),
            " ",
            sentence(answer),
          ),
        );
      }),
    );
  }

  function showPictures(state, answers, depth) {
    for (const [kinds, range] of [
      [METRICS, rangeOf],
      [DISTRIBUTIONS, rangeOfDistribution],
    ]) {
      for (const one of kinds.filter(({ id }) => pictures.has(`A ${id}`))) {
        const shared = { depth, layer: state.layer, range: range(one, answers) };
        answers.forEach((answer, index) =>
          pictures.get(`${settingsOf(state)[index]} ${one.id}`).show({ ...shared, answer }),
        );
      }
    }
  }

  function mark({ layer }) {
    for (const picture of pictures.values()) picture.mark(layer);
    readout.mark(layer);
  }

  return {
    rebuild(state) {
      section.setAttribute("aria-label", t("signal.view.signal"));
      spinner.setAttribute("aria-label", t("waiting"));
      lay(state);
    },
    waiting(busy) {
      section.classList.toggle("waiting", busy);
    },
    show(answers, state) {
      if (shown !== `${state.show} ${settingsOf(state).length}`) lay(state);
      const depth = Math.max(...answers.map(({ layers }) => layers.length));
      showHead(state, answers);
      if (state.show === "numbers") {
        charts.replaceChildren(
          ...answers.map((answer, index) => createNumbers(answer, settingsOf(state)[index])),
        );
      } else showPictures(state, answers, depth);
      readout.show({
        depth,
        layer: state.layer,
        settings: answers.map((answer, index) => ({
          answer,
          letter: settingsOf(state)[index],
          name: nameOf(catalog, state, settingsOf(state)[index]),
        })),
      });
    },
    mark,
  };
}
