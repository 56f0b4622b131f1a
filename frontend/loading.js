// The catalogue, without which no page can draw a control: asked for until it comes.

import { ApiError, fetchCatalog, pause } from "./api.js";
import { explain } from "./notices.js";
import { announcePreparing } from "./preparing.js";

export async function loadCatalog(notices) {
  announcePreparing(notices);
  for (;;) {
    try {
      const catalog = await fetchCatalog();
      notices.close("load");
      return catalog;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { message, retry } = explain(error);
      notices.show("load", message, { error: true });
      await pause(1000 * (retry ?? 5));
    }
  }
}
