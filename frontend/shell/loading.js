// The catalogue, without which no page can draw a control: asked for until it comes.

import { ApiError, fetchCatalog, pause } from "../api/api.js";
import { patiently } from "../api/patience.js";
import { explain } from "./notices.js";
import { announcePreparing } from "./preparing.js";

const LATER = 5000;

export async function loadCatalog(notices) {
  announcePreparing(notices);
  for (;;) {
    try {
      return await patiently(fetchCatalog, notices, "load");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      notices.show("load", explain(error), { error: true });
      await pause(LATER);
    }
  }
}
