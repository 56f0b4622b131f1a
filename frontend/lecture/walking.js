// The gallery's keys: arrows go from card to card, as they stand.

/** @param {Element} one */
const middle = (one) => {
  const { left, width, top, height } = one.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
};

/**
 * The card beside one, above or below it; null at an edge.
 *
 * @param {{ x: number, y: number }[]} places Middles of all cards, in their order.
 * @param {number} from
 * @param {string} key
 */
export function beside(places, from, key) {
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const to = from + (key === "ArrowLeft" ? -1 : 1);
    return to >= 0 && to < places.length ? to : null;
  }
  const down = key === "ArrowDown" ? 1 : -1;
  const { x, y } = places[from];
  // The nearest row that way, and in it the nearest card.
  const ahead = places
    .map((place, index) => ({ index, far: (place.y - y) * down, aside: Math.abs(place.x - x) }))
    .filter(({ far }) => far > 1)
    .sort((a, b) => a.far - b.far);
  const row = ahead.filter(({ far }) => far - ahead[0].far < 1);
  return row.sort((a, b) => a.aside - b.aside)[0]?.index ?? null;
}

const LINKS = ".scene-card > a";

/** @param {KeyboardEvent} event */
function walk({ key, target }) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(LINKS)]);
  const from = links.indexOf(/** @type {HTMLElement} */ (target));
  const to = beside(links.map(middle), from, key);
  if (to !== null) links[to].focus();
}

/** @param {KeyboardEvent} event */
const isOnCard = ({ target }) => target instanceof Element && target.matches(LINKS);

function search() {
  const field = /** @type {HTMLInputElement} */ (document.getElementById("search"));
  field.focus();
  field.select();
}

/** @type {import("../shell/keys.js").Key[]} */
export const galleryKeys = [
  { group: "gallery.keys", keys: ["/"], says: "keys.gallery.search", run: search },
  {
    group: "gallery.keys",
    keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
    says: "keys.gallery.walk",
    when: isOnCard,
    run: walk,
  },
  { group: "gallery.keys", keys: ["Enter"], says: "keys.gallery.open" },
];
