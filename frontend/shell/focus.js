// Where the keyboard is after the mouse was used.

const FIELD = "input:not([type=range]):not([type=checkbox]):not([type=radio]), select, textarea";

/**
 * Does what a button says that goes with it: the keyboard, where it was there, is led on.
 *
 * @param {EventTarget | null} button
 * @param {() => void} work
 * @param {() => HTMLElement | null | undefined} next Looked for once what is there has changed.
 */
export function leadOn(button, work, next) {
  const isThere = document.activeElement === button;
  work();
  if (isThere) requestAnimationFrame(() => next()?.focus());
}

let isListening = false;

/**
 * Whatever is clicked, the field that was typed into is done with: it says its change first. And a
 * button or list used with the mouse lets go of the keyboard, so that the next space plays and does
 * not press it again; one reached by Tab keeps its keys.
 */
export function letGoOfTheMouse() {
  if (isListening) return;
  isListening = true;
  let byPointer = false;
  document.addEventListener("pointerdown", () => (byPointer = true), true);
  document.addEventListener("keydown", () => (byPointer = false), true);
  document.addEventListener(
    "mousedown",
    (event) => {
      const target = /** @type {Element} */ (event.target);
      const field = /** @type {HTMLElement | null} */ (document.activeElement);
      if (field?.matches(FIELD) && !field.contains(target) && target !== field) field.blur();
    },
    true,
  );
  document.addEventListener("mousedown", (event) => {
    if (/** @type {Element} */ (event.target).closest("button")) event.preventDefault();
  });
  document.addEventListener("change", ({ target }) => {
    const control = /** @type {HTMLElement} */ (target);
    if (byPointer && control.matches("select, input[type=checkbox]")) control.blur();
  });
}
