// A training asked of the server; a busy one is asked again by and by, as everywhere on these
// pages.

import { ApiError, pause } from "../../api.js";
import { follow } from "../../events.js";
import { explain } from "../../notices.js";
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
  for (let breaks = 0; ;) {
    try {
      return readTraining(await follow("networks/training?encoding=typed", wanted,
        { signal, onProgress }));
    } catch (error) {
      const { message, retry } = error instanceof ApiError ? explain(error, catalog.limits)
        : { retry: null };
      breaks += error.status === 0 && progress.done > 0 ? 1 : 0;
      if (retry === null || breaks === MOST_BREAKS) throw error;
      notices.show(NOTICE, message, { error: true });
      await pause(1000 * retry);
      signal.throwIfAborted();
      progress.begin();
    }
  }
}
