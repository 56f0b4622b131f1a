// A training asked of the server; a busy one is asked again by and by, as everywhere on these
// pages.

import { isPassing } from "../../api/api.js";
import { follow } from "../../api/events.js";
import { passed } from "../../api/patience.js";
import { readTraining } from "./model.js";

export const NOTICE = "training";
// A training that breaks off each time it has begun is not begun for ever.
const MOST_BREAKS = 3;

export async function askTraining(body, { catalog, notices, progress, signal }) {
  const wanted = { ...body, frames: catalog.limits.frames, include: ["histograms"] };
  const onProgress = (event) => {
    notices.close(NOTICE);
    progress.show(event);
  };
  for (let breaks = 0; ; ) {
    try {
      return readTraining(
        await follow("networks/training?encoding=typed", wanted, { signal, onProgress }),
      );
    } catch (error) {
      breaks += error.status === 0 && progress.done > 0 ? 1 : 0;
      if (!isPassing(error) || breaks === MOST_BREAKS) throw error;
      await passed(error, notices, NOTICE, signal);
      progress.begin();
    }
  }
}
