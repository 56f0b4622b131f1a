// Plotly, which the page asks for beside its own code.

import { pause } from "../api/api.js";

// Milliseconds until a script that did not come is asked for again.
const LATER = 2000;

const loaded = (script) =>
  new Promise((resolve) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", resolve);
  });

// The page's own script tag may have failed before anybody listened; by its `load` event it has.
async function loadPlotly() {
  const first = document.querySelector("script[src*=plotly]");
  if (!window.Plotly && document.readyState !== "complete") {
    await Promise.race([
      loaded(first),
      new Promise((resolve) => {
        window.addEventListener("load", resolve);
      }),
    ]);
  }
  while (!window.Plotly) {
    const script = Object.assign(document.createElement("script"), { src: first.src });
    const ended = loaded(script);
    document.head.append(script);
    await ended;
    if (!window.Plotly) await pause(LATER * (1 + Math.random()));
  }
}

export const plotlyReady = loadPlotly();
