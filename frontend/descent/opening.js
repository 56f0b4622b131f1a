// The state that Descent's address asks for.

import { ApiError } from "../api/api.js";
import { patiently } from "../api/patience.js";
import { fromAddress } from "./address.js";
import { requestMeasure } from "./simulation.js";
import { chooseSurface, isMeasured } from "./state.js";

export { plotlyReady } from "../shell/plotly.js";

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
