// What is wrong with a formula, in words.

import { t } from "../i18n/i18n.js";

/** @param {any} refusal As the server tells it. */
export const formulaTold = ({ type, values }) =>
  type === "formula_not_finite"
    ? t("formula.not_finite", values)
    : t("formula.wrong", {
        message: t(`formula.error.${type.replace("formula_", "")}`, {
          ...values,
          count: values?.wanted ?? values?.limit,
        }),
      });
