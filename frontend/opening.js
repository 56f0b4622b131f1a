// The page's first seconds: Plotly, and the state that the address asks for.

import { fromAddress } from "./address.js";
import { ApiError } from "./api.js";
import { requestMeasure } from "./simulation.js";
import { chooseSurface, isMeasured } from "./state.js";

export const plotlyReady = new Promise((resolve) => {
  const script = document.querySelector("script[src*=plotly]");
  if (window.Plotly) resolve();
  else script.addEventListener("load", resolve);
});

// The state that the address asks for; a formula or points in it are measured first.
export async function openAddress(catalog) {
  const opened = fromAddress(location.hash, catalog);
  if (!isMeasured(opened.state)) return opened;
  try {
    const measured = await requestMeasure(opened.state);
    const { starts } = opened.state;
    Object.assign(opened.state, { measured }, opened.startsGiven ? { starts }
      : { starts: [[...measured.start]] });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    opened.problems.push(error.message);
    const { surface, points } = opened.state;
    Object.assign(opened.state,
      chooseSurface(catalog, points === null ? catalog.surfaces[0].id : surface));
  }
  return opened;
}
