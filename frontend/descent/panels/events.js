// What happened to the selected run, told as it is played.

import { createEventsList } from "../../shell/events.js";

/**
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("../types.js").Events} Events
 * @typedef {{ events: Events | null, step: number, language: string | null }} Props
 */

/**
 * @param {HTMLElement} section
 * @param {{ selectors: import("./types.js").Selectors, seek(step: number): void }} page
 * @returns {import("./types.js").Panel<Props>}
 */
export function createEventsPanel(section, { selectors, seek }) {
  const list = createEventsList(section, seek);
  return {
    select: (model) => ({
      events: selectors.events(model),
      step: selectors.step(model),
      language: model.state.language,
    }),
    show({ events, step }) {
      // As high with events as without: what stands over it must not jump while the race is played.
      section.hidden = events === null;
      list.show(events, step);
    },
  };
}
