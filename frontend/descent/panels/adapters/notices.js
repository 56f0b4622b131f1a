// What is told over the page: each refusal that no control tells, closed by the next success.

import { ApiError } from "../../../api/api.js";
import { isWaiting } from "../../../core/resources.js";
import { t } from "../../../i18n/i18n.js";
import { explain } from "../../../shell/notices.js";

const TOLD = ["measure", "grid", "paths", "probe", "batch"];
// Of all answers that are waited for.
export const WAITING = "answers";

const textOf = (error, limits) =>
  error instanceof ApiError
    ? explain(error, limits)
    : t("error.page", { message: String(error.message ?? error) });

export function createRefusals({ catalog, notices, isTold, onTold }) {
  let shown = {};
  return {
    select: ({ state, answers }) => ({
      ...Object.fromEntries(
        TOLD.map((name) => [name, answers[name].status === "refused" ? answers[name].error : null]),
      ),
      isAnyWaiting: Object.values(answers).some(isWaiting),
      language: state.language,
    }),
    show({ isAnyWaiting, language, ...errors }) {
      if (!isAnyWaiting) notices.close(WAITING);
      for (const [name, error] of Object.entries(errors)) {
        const isSame = shown[name] === error && shown.language === language;
        if (isSame || (!error && !shown[name])) continue;
        if (!error) notices.close(name);
        else {
          const text = textOf(error, catalog.limits);
          if (!isTold(error)) notices.show(name, text, { error: true });
          onTold(text);
        }
      }
      shown = { ...errors, language };
    },
  };
}
