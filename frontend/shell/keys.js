// All keys of a page in one list: what they do, where, and what «?» says of them.

import { letGoOfTheMouse } from "./focus.js";
import { createKeysDialog } from "./keys_dialog.js";

/**
 * @typedef {object} Key
 * @property {string} group Text of the group that it is listed in.
 * @property {string[]} keys Each as `KeyboardEvent.key` says it, after `Shift+` or `Mod+` (Ctrl, on a
 *   Mac ⌘).
 * @property {string} says Text of what it does.
 * @property {(event: KeyboardEvent) => boolean} [when] Whether it does it now, as by where the focus
 *   is; always if left out.
 * @property {HTMLElement} [within] The dialog that it is of; else it is the page's, while no dialog is
 *   open.
 * @property {boolean} [inDialogs] Whether it acts over any dialog, too.
 * @property {boolean} [inFields] Whether it acts while a field is typed into.
 * @property {() => boolean} [listed] Whether «?» lists it now; always if left out.
 * @property {string[]} [shown] What «?» shows in place of its keys.
 * @property {(event: KeyboardEvent) => void} [run] Left out where a control does it by itself: then
 *   it is only listed.
 */

const FIELD = "input:not([type=range]):not([type=checkbox]):not([type=radio]), select, textarea";
const PRESSED = "button, a[href], summary, input[type=checkbox], input[type=radio]";
const MOVED = "input[type=range]:not([data-player]), input[type=radio], [role=slider]";
const MOVES = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
];

/** Marks that stand elsewhere in other layouts. @type {Record<string, string>} */
const PLACES = { ",": "Comma", ".": "Period" };

/** @param {KeyboardEvent} event @param {string} name */
function isPressed(event, name) {
  const parts = name.split("+");
  const key = /** @type {string} */ (parts.pop());
  if ((event.ctrlKey || event.metaKey) !== parts.includes("Mod") || event.altKey) return false;
  // A letter with Ctrl is a place on the keyboard: Ctrl+Z is Ctrl+Я in a Russian layout.
  const place = PLACES[key] ?? (/^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : null);
  if (place) return event.code === place && isShifted();
  // Where a sign is on a keyboard, with Shift or without, is its layout's.
  return event.key === key && (key === "?" || key === "/" || isShifted());

  function isShifted() {
    return event.shiftKey === parts.includes("Shift");
  }
}

// Whether what has the focus does something with this key by itself.
/** @param {Element} target @param {string} key */
function isUsed(target, key) {
  if (key === " ") return target.matches(PRESSED) || target.closest("summary") !== null;
  if (key === "Delete") return target.matches("[role=slider]");
  if (!MOVES.includes(key)) return false;
  return target.matches(MOVED) || isScrolled(target, key);
}

/** @param {Element} target @param {string} key */
function isScrolled(target, key) {
  if (target === document.body || target === document.documentElement) return false;
  const { overflowX, overflowY } = getComputedStyle(target);
  const scrolls = (/** @type {string} */ overflow) => ["auto", "scroll"].includes(overflow);
  const along = scrolls(overflowX) && target.scrollWidth > target.clientWidth;
  const down = scrolls(overflowY) && target.scrollHeight > target.clientHeight;
  return ["ArrowLeft", "ArrowRight"].includes(key) ? along : down || (along && key !== "ArrowUp");
}

/**
 * Listens to the keys of a page. Controls listen to their own first, and say so by preventing what
 * else a key would do.
 *
 * @param {Key[]} keys
 */
export function createKeys(keys) {
  letGoOfTheMouse();
  const all = [...keys];
  const dialog = createKeysDialog();
  /** @type {Key} */
  const help = {
    group: "keys.page",
    keys: ["?"],
    says: "keys.help",
    inDialogs: true,
    run: () => open(),
  };
  const open = () => dialog.open(all.filter(({ listed }) => listed?.() ?? true));
  all.push(help);

  /** The field whose text is not the page's yet: its own undo comes first. @type {unknown} */
  let typed = null;
  document.addEventListener("input", ({ target }) => (typed = target));
  for (const done of ["change", "focusout"]) document.addEventListener(done, () => (typed = null));

  /** @param {Key} key @param {KeyboardEvent} event @param {Element | null} open */
  function acts({ keys: names, when, within, inDialogs, inFields, run }, event, open) {
    if (!run || ((within ?? null) !== open && !inDialogs)) return false;
    const target = /** @type {Element} */ (event.target);
    if (target.closest(FIELD) && (!inFields || target === typed)) return false;
    return names.some((name) => isPressed(event, name)) && (when?.(event) ?? true);
  }

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.defaultPrevented || !(target instanceof Element)) return;
    if (isUsed(target, event.key)) return;
    const over = [...document.querySelectorAll("dialog[open]")].at(-1) ?? null;
    const key = all.find((one) => acts(one, event, over));
    if (!key) return;
    event.preventDefault();
    key.run?.(event);
  });

  return {
    /** Lists them. */
    open,
    /** Adds keys, as of a part that comes later. @param {Key[]} more */
    add: (more) => all.splice(-1, 0, ...more),
  };
}
