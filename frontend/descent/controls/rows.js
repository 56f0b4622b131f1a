// Where the keyboard goes when the row that it was in is removed: to the next one.

/**
 * @param {HTMLElement} section
 * @param {string} button What in a row takes the focus.
 */
export function createRowFocus(section, button) {
  /** @type {number | null} */
  let wanted = null;
  const rows = () => [...section.querySelectorAll("li")];
  return {
    /** Called before a row goes. @param {number} index */
    leaving(index) {
      if (rows()[index]?.contains(document.activeElement)) wanted = index;
    },
    /** Called once the rows are shown. */
    shown() {
      if (wanted === null) return;
      const row = rows().at(Math.min(wanted, rows().length - 1));
      wanted = null;
      /** @type {HTMLElement | null | undefined} */ (row?.querySelector(button))?.focus();
    },
  };
}

/**
 * Delete removes the row that the keyboard is in, and nothing else; in a field it removes characters.
 *
 * @param {() => void} remove
 */
export const removedByKey = (remove) => (/** @type {KeyboardEvent} */ event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  const isField = target instanceof HTMLInputElement && target.type !== "checkbox";
  if (key !== "Delete" || isField || ctrlKey || metaKey || altKey) return;
  event.preventDefault();
  event.stopPropagation();
  remove();
};
