// Messages over the page: what happened and what to do. Errors stay until closed or mended; what
// comes by itself is waited for without a word at first, and then with one for all that waits.

import { isPassing } from "../api/api.js";
import { h, iconButton } from "../core/dom.js";
import { either } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";

// Milliseconds of waiting that nobody is told of.
const QUIET = 3000;

export function createNotices(section) {
  // When each kind that waits began to, and what is said of the last one that was refused.
  const waiting = new Map();
  let why = "";
  let timer = null;
  // The page's own text says that this code has not come.
  section.replaceChildren();

  const remove = (kind) => section.querySelector(`[data-kind="${kind}"]`)?.remove();

  function close(kind) {
    remove(kind);
    if (!waiting.delete(kind) || waiting.size > 0) return;
    clearTimeout(timer);
    timer = null;
    remove("waiting");
  }

  function append(kind, message, error = false) {
    remove(kind);
    section.append(
      h(
        "div",
        { class: `notice${error ? " error" : ""}`, dataset: { kind } },
        h("span", {}, message),
        iconButton("close", t("notice.close"), () => remove(kind), { class: "icon-button small" }),
      ),
    );
  }

  // Milliseconds for which a kind has been waiting; 0 where it is not.
  const waited = (kind) => (waiting.has(kind) ? performance.now() - waiting.get(kind) : 0);

  return {
    close,
    show(kind, message, { error = false } = {}) {
      close(kind);
      append(kind, message, error);
    },
    // Says that a kind waits for what will come by itself, and answers for how many seconds it has.
    wait(kind, message) {
      remove(kind);
      const changed = message !== why;
      why = message;
      if (!waiting.has(kind)) waiting.set(kind, performance.now());
      if (changed && section.querySelector('[data-kind="waiting"]')) append("waiting", why);
      timer ??= setTimeout(() => append("waiting", why), QUIET);
      return waited(kind) / 1000;
    },
    isLong: (kind) => waited(kind) > QUIET,
    // A confirmation that leaves by itself, when its animation ends.
    flash(message) {
      close("flash");
      section.append(
        h(
          "div",
          {
            class: "notice flash",
            dataset: { kind: "flash" },
            onanimationend: () => close("flash"),
          },
          message,
        ),
      );
    },
  };
}

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

// What a failed request means for a person.
export function explain(error, limits = {}) {
  if (error.status === 0) return t("error.offline");
  if (error.detail[0]?.type === "too_long") return t("error.too_long");
  if (isPassing(error)) return t("error.busy");
  if ([404, 405].includes(error.status)) return t("error.outdated");
  if (error.status === 422) {
    const [{ loc = [], msg = "", type = "", values = {} } = {}] = error.detail;
    if (type === "too_many_points") {
      return t("error.too_many_points", { points: limits.points });
    }
    if (type === "too_much_work") return tooMuch(values);
    if (type === "start_not_finite" || type === "start_no_derivative") {
      return t(`error.${type}`, { n: loc.at(-1) + 1 });
    }
    return t("error.refused", { place: loc.slice(1).join(" → "), message: msg });
  }
  return t("error.server", { status: error.status, message: error.message });
}
