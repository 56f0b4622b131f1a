// The hall in the audience's window: where to answer and how many have, while it is asked; what was
// answered, once it is shown.

import { localize, t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { tally } from "./tally.js";
import { way, words } from "./way.js";

/** @param {HTMLElement} section */
export function createAudienceView(section) {
  return {
    /** @param {import("./hall.js").Props} props */
    show({ hall, scene }) {
      const { seen = null, counts = null, visible = false } = hall ?? {};
      const asked = seen?.question?.scene ?? null;
      // What was asked of a scene that is gone.
      const isOver = asked !== null && asked !== scene;
      const isOpen = seen?.phase === "waiting" || seen?.phase === "open";
      const count = counts?.count ?? 0;
      if (!hall || !seen || isOver) return render(nothing, section);
      render(
        html`${isOpen ? way(hall) : nothing} ${words(seen, localize)}
          ${seen.question ? html`<p class="hall-state" role="status">${t(seen.phase === "open" ? "hall.answered" : "hall.answered_closed", { count })}</p>` : nothing}
          ${seen.question && counts && visible ? tally(seen, counts) : nothing}`,
        section,
      );
    },
  };
}
