// What stands at the right of every page's header: link to this very picture, API docs, theme,
// language.

import { h, icon } from "../core/dom.js";
import { currentLanguage, LANGUAGES, t } from "../i18n/i18n.js";

export { copyAddress } from "../shell/copy_link.js";

const THEMES = ["auto", "light", "dark"];

const languages = (store) =>
  h(
    "div",
    { class: "segmented", role: "group", "aria-label": t("header.language") },
    LANGUAGES.map((language) =>
      h(
        "button",
        {
          type: "button",
          lang: language,
          id: `language-${language}`,
          "aria-pressed": String(language === currentLanguage()),
          onclick: () => store.update({ language }),
        },
        language.toUpperCase(),
      ),
    ),
  );

const themes = (store) =>
  h(
    "div",
    { class: "segmented", role: "group", "aria-label": t("header.theme") },
    THEMES.map((theme) =>
      h(
        "button",
        {
          type: "button",
          id: `theme-${theme}`,
          "aria-pressed": String(theme === (store.get().theme ?? "auto")),
          onclick: () => store.update({ theme: theme === "auto" ? null : theme }),
        },
        t(`theme.${theme}`),
      ),
    ),
  );

export const createSwitches = (store, copyLink) => [
  h(
    "button",
    {
      type: "button",
      id: "copy-link",
      class: "text-button",
      "aria-label": t("header.link"),
      title: t("header.link"),
      onclick: copyLink,
    },
    icon("link"),
    h("span", {}, t("header.link")),
  ),
  h("a", { class: "text-button docs", href: "docs" }, "API"),
  themes(store),
  languages(store),
];
