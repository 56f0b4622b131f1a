// What a failed request means for a person, in the page's language.

import { either } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { ApiError, isPassing } from "./api.js";

/** @param {{ price: number, limit: number, fits?: Record<string, number> }} values */
function tooMuch({ price, limit, fits = {} }) {
  const enough = Object.entries(fits).map(([name, n]) => t(`work.${name}`, { count: n }));
  return t("error.too_much_work", {
    price: Math.ceil(price),
    limit,
    fits: enough.length
      ? t("error.too_much_work_fits", { fits: either(enough) })
      : t("error.too_much_work_less"),
  });
}

// Refusals that say by their type alone what happened.
const TOLD = [
  "too_long",
  "ending",
  "workers_died",
  "cluster_away",
  "cluster_empty",
  "cluster_failed",
  "cluster_differs",
];

/**
 * @param {unknown} error
 * @param {{ points?: number }} [limits] The catalogue's, for messages that name one.
 * @returns {string}
 */
export function explain(error, limits = {}) {
  if (!(error instanceof ApiError)) {
    return t("error.page", { message: String(/** @type {any} */ (error)?.message ?? error) });
  }
  if (error.status === 0) return t("error.offline");
  const told = error.detail[0]?.type ?? "";
  if (TOLD.includes(told)) return t(`error.${told}`);
  if (isPassing(error)) return t("error.busy");
  if ([404, 405].includes(error.status)) return t("error.outdated");
  if (error.status === 422) {
    const [{ loc = [], msg = "", type = "", values = {} } = {}] = error.detail;
    if (type === "too_many_points") {
      return t("error.too_many_points", { points: limits.points });
    }
    if (type === "too_much_work") return tooMuch(values);
    if (type === "start_not_finite" || type === "start_no_derivative") {
      return t(`error.${type}`, { n: Number(loc.at(-1)) + 1 });
    }
    return t("error.refused", { place: loc.slice(1).join(" → "), message: msg });
  }
  return t("error.server", { status: error.status, message: error.detail[0]?.msg ?? "" }).trim();
}
