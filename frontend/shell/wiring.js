// What every page's wiring does alike: the address is written late, failures are told and asked
// again, lines have the colours of runs.

import { ApiError, isPassing } from "../api/api.js";
import { passed } from "../api/patience.js";
import { runStyle } from "../charts/palette.js";
import { t } from "../i18n/i18n.js";
import { applyTheme, themeOf } from "./appearance.js";
import { explain } from "./notices.js";

const COLOURS = ["--first", "--second", "--third"];
const LATER = 300;

// Browsers refuse more than some hundred address changes a minute, so a drag writes once.
export function addressWriter(addressNow) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, "", addressNow()), LATER);
  };
}

// Answers what `latest` calls on a failure: a notice of a kind, or quietly another try of what is
// wanted by then.
// `tell` may show a message elsewhere; where it says true there is no notice.
export const failureTeller =
  (notices, limits, tell = () => false) =>
  (kind) =>
  async (error, again) => {
    if (!(error instanceof ApiError)) {
      notices.show(kind, t("error.page", { message: String(error.message ?? error) }), {
        error: true,
      });
      throw error;
    }
    if (isPassing(error)) {
      again();
      await passed(error, notices, kind);
      return;
    }
    const message = explain(error, limits);
    notices.close(kind);
    if (!tell(error, message)) notices.show(kind, message, { error: true });
  };

export function paint(state) {
  applyTheme(state);
  COLOURS.forEach((name, index) =>
    document.documentElement.style.setProperty(name, runStyle(index, themeOf(state)).color),
  );
}
