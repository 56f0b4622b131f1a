// Panels are functions of the model, which is the state and what resources have answered. Each says
// what it needs of it, and is shown anew only when that is something else.

import { isSame } from "./selectors.js";
import { isAhead, onceShown } from "./showing.js";

/**
 * @template M
 * @template {object} P
 * @typedef {object} Panel
 * @property {(model: M) => P | null} select What is to be shown; null where the panel is not there.
 * @property {(props: P) => void} show
 * @property {() => void} [hide] Called when there is nothing to show any more.
 */

/**
 * Shows panels once for all changes of a turn: however many there are, in the same task.
 *
 * @template M
 * @param {() => M} model
 * @param {Panel<M, any>[]} panels In the order in which they are shown.
 */
export function createPanels(model, panels) {
  /** @type {(object | null)[]} */
  const shown = panels.map(() => null);
  let isPlanned = false;

  function render() {
    isPlanned = false;
    const now = model();
    panels.forEach((panel, index) => {
      const props = panel.select(now);
      if (isSame(props, shown[index])) return;
      shown[index] = props;
      if (props !== null) panel.show(props);
      else panel.hide?.();
    });
  }

  /** Plans to show what has changed, at the end of what runs now. */
  function changed() {
    if (isPlanned) return;
    isPlanned = true;
    queueMicrotask(render);
  }

  // What the tab keeps may be other than when the page was made ready.
  if (isAhead()) onceShown(changed);

  return {
    render,
    changed,
    /** Forgets what is shown: everything is shown anew, as in another language. */
    renew() {
      shown.fill(null);
      changed();
    },
  };
}
