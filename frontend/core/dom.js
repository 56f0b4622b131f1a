// Small helpers to build elements; text is always set as text, never as markup.

import { inFormula } from "../i18n/format.js";

/** What an element is made with: attributes, and `on…` for listeners.
 * @typedef {Record<string, any>} Properties */

/** An element that the page's HTML has. @param {string} id */
export const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Properties} [properties]
 * @param {...any} children Elements and texts, or lists of them; null is left out.
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "style") element.style.cssText = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined),
  );
  return element;
}

/**
 * Builds a part anew; the control that had the keyboard's focus has it again.
 *
 * @param {Element} section
 * @param {...(Node | string)} children
 */
export function renew(section, ...children) {
  const focused = document.activeElement;
  const id = focused && section.contains(focused) ? focused.id : "";
  section.replaceChildren(...children);
  if (id) document.getElementById(id)?.focus({ preventScroll: true });
}

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** Writes numbers as the language does; a comma beside a decimal comma becomes a semicolon.
 * @param {Element} formula */
function localise(formula) {
  const leaves = [...formula.querySelectorAll("mn, mo, mi, mtext")];
  const isChanged = leaves.map((leaf) => {
    const text = leaf.textContent ?? "";
    if (leaf.localName === "mn") leaf.textContent = inFormula(text);
    return leaf.textContent !== text;
  });
  leaves.forEach((leaf, k) => {
    if (leaf.textContent !== ",") return;
    const next = leaves[k + 1]?.textContent === "−" ? k + 2 : k + 1;
    if (isChanged[k - 1] || isChanged[next]) leaf.textContent = ";";
  });
}

/**
 * The server's MathML as elements, its numbers in the language's notation: only MathML elements and
 * no event handlers pass.
 *
 * @param {string} markup
 * @returns {Node}
 */
export function math(markup) {
  const parsed = new DOMParser().parseFromString(markup, "application/xml").documentElement;
  if (parsed.namespaceURI !== MATHML) return document.createTextNode("");
  for (const element of [parsed, ...parsed.querySelectorAll("*")]) {
    if (element.namespaceURI !== MATHML) element.remove();
    for (const { name } of [...element.attributes]) {
      if (name.startsWith("on") || name.includes("href")) element.removeAttribute(name);
    }
  }
  localise(parsed);
  return document.importNode(parsed, true);
}

/** Paths of the icons, on a square of 24. */
export const SHAPES = {
  hall: "M12 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM5.500 7a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM18.500 7a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM7.500 20v-5a4.500 4.500 0 0 1 9 0v5zM1.500 18.500v-3a3 3 0 0 1 4.700-2.400q-.7 1.300-.7 2.900v2.500zM18.500 18.500V16q0-1.600-.7-2.900a3 3 0 0 1 4.700 2.400v3z",
  play: "M7 4.500v15l12.500-7.500z",
  pause: "M7 4.500h3.600v15H7zM13.400 4.500H17v15h-3.600z",
  back: "M17 5v14l-9-7zM6 5h2v14H6z",
  forward: "M7 5v14l9-7zM16 5h2v14h-2z",
  previous: "m15.500 4 1.500 1.500L10.500 12l6.500 6.500-1.500 1.500-8-8z",
  next: "m8.500 4-1.500 1.500 6.500 6.500L7 18.500 8.500 20l8-8z",
  first: "M19 5v14l-7-7zM12 5v14l-7-7zM4 5h1.800v14H4z",
  last: "M5 5v14l7-7zM12 5v14l7-7zM18.200 5H20v14h-1.800z",
  loop: "M17 3.500 21 7l-4 3.500V8H8a3 3 0 0 0-3 3v1H3v-1a5 5 0 0 1 5-5h9zM7 20.500 3 17l4-3.500V16h9a3 3 0 0 0 3-3v-1h2v1a5 5 0 0 1-5 5H7z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  minus: "M5 11h14v2H5z",
  fit: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
  apart: "M3 3h2v16h16v2H3zM8 6h2v4h2V6h2l-3-4zM14 14v-2h4v-2l4 3-4 3v-2z",
  close:
    "m6.400 5 5.600 5.600L17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400-5.600-5.600L6.400 19 5 17.600 10.600 12 5 6.400z",
  copy: "M8 3h11v14h-3v-2h1V5h-7v1H8zM5 7h10v14H5zm2 2v10h6V9z",
  link: "M10.600 13.400a4 4 0 0 1 0-5.700l3-3a4 4 0 0 1 5.700 5.700l-1.700 1.700-1.400-1.400 1.700-1.700a2 2 0 0 0-2.900-2.900l-3 3a2 2 0 0 0 0 2.900zm2.800-2.800a4 4 0 0 1 0 5.700l-3 3a4 4 0 0 1-5.700-5.700l1.700-1.700 1.400 1.400-1.700 1.700a2 2 0 0 0 2.900 2.900l3-3a2 2 0 0 0 0-2.900z",
  seen: "M12 5c5 0 9 4.500 10 7-1 2.500-5 7-10 7S3 14.500 2 12c1-2.500 5-7 10-7zm0 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zm0 2.500a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  unseen:
    "M3.400 4.800 4.800 3.400l15.800 15.800-1.400 1.400-3.100-3.100A10.800 10.800 0 0 1 12 19c-5 0-9-4.500-10-7a12.600 12.600 0 0 1 4-5zM12 5c5 0 9 4.500 10 7a12.300 12.300 0 0 1-2.900 4.100l-3-3A4.500 4.500 0 0 0 10.900 7.900L8.500 5.500A10 10 0 0 1 12 5z",
  undo: "M8 4 3 9l5 5v-4h5a4 4 0 0 1 0 8H8v2h5a6 6 0 0 0 0-12H8z",
  redo: "m16 4 5 5-5 5v-4h-5a4 4 0 0 0 0 8h5v2h-5a6 6 0 0 1 0-12h5z",
  large:
    "M2 19 7.500 5h2L15 19h-2.200l-1.300-3.500h-6L4.200 19zm4.200-5.500h4.600L8.500 7.200zM15 19l3.300-8h1.500l3.300 8h-1.900l-.7-1.900h-3L16.800 19zm3-3.400h2l-1-2.700z",
  auto: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm0 2v14a7 7 0 0 0 0-14z",
  light:
    "M12 7.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9zM11 2h2v3.500h-2zM11 18.500h2V22h-2zM2 11h3.500v2H2zM18.500 11H22v2h-3.500zM4.200 5.600l1.400-1.400 2.500 2.500-1.400 1.400zM15.900 17.300l1.400-1.400 2.500 2.500-1.400 1.400zM4.200 18.400l2.500-2.500 1.400 1.400-2.500 2.500zM15.900 6.700l2.500-2.500 1.400 1.400-2.500 2.500z",
  dark: "M10 3a9 9 0 1 0 11 11A7.500 7.500 0 0 1 10 3z",
  up: "m12 5 7 7-1.400 1.400L13 8.800V20h-2V8.800l-4.600 4.600L5 12z",
  down: "m12 19 7-7-1.400-1.400-4.600 4.600V4h-2v11.200l-4.600-4.600L5 12z",
  check: "m9.500 15.600 9.100-9.100 1.400 1.400L9.500 18.400 4 12.900l1.400-1.400z",
  search:
    "M10.500 4a6.500 6.500 0 0 1 5.200 10.400l4.500 4.500-1.300 1.300-4.500-4.500A6.500 6.500 0 1 1 10.500 4zm0 2a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z",
  list: "M4 6h2v2H4zM8 6h12v2H8zM4 11h2v2H4zM8 11h12v2H8zM4 16h2v2H4zM8 16h12v2H8z",
  help: "M12 2.500a9.500 9.500 0 1 1 0 19 9.500 9.500 0 0 1 0-19zm0 2a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM11 15.500h2v2h-2zm1-9c2 0 3.500 1.300 3.500 3.100 0 1.300-.8 2-1.500 2.600-.7.500-1 .8-1 1.500v.6h-2v-.7c0-1.500.9-2.300 1.700-2.900.6-.5.8-.7.8-1.200 0-.6-.6-1.100-1.500-1.100s-1.600.5-1.800 1.500L8.300 9.400C8.700 7.600 10.100 6.500 12 6.500z",
  present:
    "M2 4h20v2h-1v10h-7.500l3 4h-2.400L12 17l-2.100 3H7.500l3-4H3V6H2zm3 2v8h14V6zm5 1.500 5 2.500-5 2.500z",
  audience: "M3 4h12v3h-2V6H5v7h2v2H3zM9 9h12v11H9zm2 2v7h8v-7z",
  more: "M4 10h4v4H4zM10 10h4v4h-4zM16 10h4v4h-4z",
  reset: "M12 5a7 7 0 1 1-6.700 5h2.100A5 5 0 1 0 12 7v3L7.500 6 12 2z",
};

/** @typedef {keyof typeof SHAPES} IconName */

/** @param {IconName} name */
function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** The page's own picture, as the HTML has it in itself: it need not be asked for. */
export const logo = () =>
  document.querySelector(".brand .logo")?.cloneNode(true) ?? document.createTextNode("");

/**
 * @param {IconName} name
 * @param {string} label
 * @param {(event: MouseEvent) => void} onclick
 * @param {Properties} [properties]
 */
export function iconButton(name, label, onclick, properties = {}) {
  return h(
    "button",
    {
      type: "button",
      class: "icon-button",
      title: label,
      "aria-label": label,
      onclick,
      ...properties,
    },
    icon(name),
  );
}
