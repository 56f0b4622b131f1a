// The surfaces of the catalogue, as a list to choose from has them.

import { localize, t } from "../i18n/i18n.js";
import { FORMULA } from "./run.js";

const TAGS = ["data", "deep", "convex", "ravine", "saddle", "plateau", "cliff", "multimodal"];

const ofFormula = {
  id: FORMULA,
  title: { en: "Your formula", ru: "Своя формула" },
  summary: {
    en: "Any function of x and y; its gradient is exact, by automatic differentiation.",
    ru: "Любая функция x и y; её градиент точен — автоматическое дифференцирование.",
  },
  parameters: { properties: {} },
  minima: [],
  tags: [],
  points: null,
  reference: null,
  names: ["x", "y"],
};

/** A surface's entry in the catalogue; what there is to say of a formula.
 * @param {any} catalog @param {string} id */
export const declaredSurface = (catalog, id) =>
  id === FORMULA
    ? ofFormula
    : catalog.surfaces.find((/** @type {any} */ surface) => surface.id === id);

/** Surfaces by the first of the tags that they have. @param {any} catalog */
export function groupsOf(catalog) {
  const groups = new Map(TAGS.map((tag) => [tag, /** @type {any[]} */ ([])]));
  for (const surface of catalog.surfaces) {
    groups.get(TAGS.find((tag) => surface.tags.includes(tag)) ?? "multimodal")?.push(surface);
  }
  return [...groups].filter(([, surfaces]) => surfaces.length > 0);
}

/** @param {ReturnType<typeof groupsOf>} groups */
export const surfaceOptions = (groups) => [
  { label: t("tag.own"), options: [{ value: FORMULA, title: t("formula.title") }] },
  ...groups.map(([tag, surfaces]) => ({
    label: t(`tag.${tag}`),
    options: surfaces.map(({ id, title }) => ({ value: id, title: localize(title) })),
  })),
];
