// The catalogue, without which no page can draw a control: asked for until it comes.

import { ApiError, fetchCatalog, pause } from "../api/api.js";
import { explain } from "../api/explaining.js";
import { patiently } from "../api/patience.js";
import { announcePlotly } from "./plotly.js";
import { announcePreparing } from "./preparing.js";

/** Milliseconds until it is asked for again, where it was refused. */
const LATER = 5000;
const KIND = "load";

/** @param {import("./notices.js").Notices} notices */
export async function loadCatalog(notices) {
  announcePreparing(notices);
  announcePlotly(notices);
  for (;;) {
    try {
      const catalog = await patiently(fetchCatalog, notices, KIND);
      notices.close(KIND);
      return catalog;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      notices.show(KIND, explain(error), { error: true });
      await pause(LATER);
    }
  }
}
