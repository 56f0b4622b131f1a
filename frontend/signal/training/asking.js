// A training asked of the server; a busy one is asked again by and by, as everywhere on these
// pages.

import { ApiError, pause } from "../../api.js";
import { follow } from "../../events.js";
import { explain } from "../../notices.js";
import { readTraining } from "./model.js";

export const NOTICE = "training";

export async function askTraining(body, { catalog, notices, progress, signal }) {
  const wanted = { ...body, frames: catalog.limits.frames, include: ["histograms"] };
  for (;;) {
    try {
      return readTraining(await follow("networks/training?encoding=typed", wanted,
        { signal, onProgress: progress.show }));
    } catch (error) {
      const { message, retry } = error instanceof ApiError ? explain(error, catalog.limits)
        : { retry: null };
      if (retry === null) throw error;
      notices.show(NOTICE, message, { error: true });
      await pause(1000 * retry);
      signal.throwIfAborted();
      progress.begin();
    }
  }
}
