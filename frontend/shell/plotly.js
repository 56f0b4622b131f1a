// plotly.js, which the page's HTML asks for: until it comes it is asked for again, and that is told.

import { pause } from "../api/api.js";
import { t } from "../i18n/i18n.js";

/** Milliseconds until a script that did not come is asked for again. */
const LATER = 2000;
const KIND = "plotly";

/** @type {Pick<import("./notices.js").Notices, "wait" | "close"> | null} */
let telling = null;
let isMissing = false;

function tell() {
  if (isMissing) telling?.wait(KIND, t("error.plotly"));
  else telling?.close(KIND);
}

/** @param {HTMLScriptElement} script */
const ended = (script) =>
  new Promise((resolve) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", resolve);
  });

// The page's own script tag may have failed before anybody listened; by its `load` event it has.
/** @param {HTMLScriptElement} first */
async function load(first) {
  if (!("Plotly" in window) && document.readyState !== "complete") {
    await Promise.race([ended(first), new Promise((resolve) => addEventListener("load", resolve))]);
  }
  while (!("Plotly" in window)) {
    const script = Object.assign(document.createElement("script"), { src: first.src });
    const done = ended(script);
    document.head.append(script);
    await done;
    isMissing = !("Plotly" in window);
    tell();
    if (isMissing) await pause(LATER * (1 + Math.random()));
  }
}

/** @type {HTMLScriptElement | null} */
const named = document.querySelector("script[src*=plotly]");

/** Comes when there is plotly.js; never on a page that does not name it. */
export const plotlyReady = named ? load(named) : new Promise(() => {});

/** @param {Pick<import("./notices.js").Notices, "wait" | "close">} notices */
export function announcePlotly(notices) {
  telling = notices;
  tell();
}
