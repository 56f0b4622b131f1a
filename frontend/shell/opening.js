// The page's first seconds: Plotly, and the state that the address asks for.

import { ApiError, pause } from "../api/api.js";
import { patiently } from "../api/patience.js";
import { fromAddress } from "../descent/address.js";
import { requestMeasure } from "../descent/simulation.js";
import { chooseSurface, isMeasured } from "../descent/state.js";

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

// The state that the address asks for; a formula or points in it are measured first.
export async function openAddress(catalog, notices) {
  const opened = fromAddress(location.hash, catalog);
  if (!isMeasured(opened.state)) return opened;
  try {
    const measured = await patiently(() => requestMeasure(opened.state), notices, "open");
    const { starts } = opened.state;
    Object.assign(
      opened.state,
      { measured },
      opened.startsGiven ? { starts } : { starts: [[...measured.start]] },
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    opened.problems.push(error.message);
    const { surface, points } = opened.state;
    Object.assign(
      opened.state,
      chooseSurface(catalog, points === null ? catalog.surfaces[0].id : surface),
    );
  }
  return opened;
}
