// Messages over the page: what happened and what to do. Errors stay until closed or mended.

import { either, integer } from "./format.js";
import { t } from "./i18n.js";
import { h, iconButton } from "./dom.js";

export function createNotices(section) {
  function close(kind) {
    section.querySelector(`[data-kind="${kind}"]`)?.remove();
  }
  return {
    close,
    show(kind, message, { error = false } = {}) {
      close(kind);
      section.append(h("div", { class: `notice${error ? " error" : ""}`, dataset: { kind } },
        h("span", {}, message), iconButton("close", t("notice.close"), () => close(kind),
          { class: "icon-button small" })));
    },
    // A confirmation that leaves by itself, when its animation ends.
    flash(message) {
      close("flash");
      section.append(h("div", { class: "notice flash", dataset: { kind: "flash" },
        onanimationend: () => close("flash") }, message));
    },
  };
}

function tooMuch({ price, limit, fits = {} }) {
  const enough = Object.entries(fits).map(([name, n]) => t(`work.${name}`, { n: integer(n) }));
  return t("error.too_much_work", { price: integer(Math.ceil(price)), limit: integer(limit),
    fits: enough.length ? t("error.too_much_work_fits", { fits: either(enough) })
      : t("error.too_much_work_less") });
}

// What a failed request means for a person: {message, retry: seconds or null}.
export function explain(error, limits = {}) {
  if (error.status === 0) return { message: t("error.offline"), retry: 2 };
  if (error.status === 503 && error.detail?.[0]?.type === "too_long") {
    return { message: t("error.too_long"), retry: null };
  }
  if (error.status === 503) return { message: t("error.busy"), retry: Number(error.retryAfter) || 1 };
  if (error.status === 422) {
    const [{ loc = [], msg = "", type = "", values = {} } = {}] = error.detail;
    if (type === "too_many_points") {
      return { message: t("error.too_many_points", { points: integer(limits.points) }), retry: null };
    }
    if (type === "too_much_work") return { message: tooMuch(values), retry: null };
    if (type === "start_not_finite" || type === "start_no_derivative") {
      return { message: t(`error.${type}`, { n: loc.at(-1) + 1 }), retry: null };
    }
    const place = loc.slice(1).join(" → ");
    return { message: t("error.refused", { place, message: msg }), retry: null };
  }
  return { message: t("error.server", { status: error.status ?? "", message: error.message }),
    retry: null };
}
