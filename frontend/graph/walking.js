// Arrow keys walk from node to node: along the edges, and among the nodes of a layer.

/**
 * @typedef {import("./drawing.js").Drawn} Drawn
 * @typedef {import("./drawing.js").Group} Group
 */

/** @param {Group} from @param {Group[]} list */
function nearest(from, list) {
  const distance = (/** @type {Group} */ one) => Math.hypot(one.x - from.x, one.y - from.y);
  return list.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** @param {Drawn} drawn @param {(group: Group) => void} onFocus */
export function listenToWalks(drawn, onFocus) {
  const { groups, edges, down, layerOf } = drawn;
  const byId = new Map(groups.map((one) => [one.id, one]));
  const groupsOf = (/** @type {string[]} */ ids) => ids.flatMap((id) => byId.get(id) ?? []);
  const after = (/** @type {Group} */ { id }) =>
    groupsOf(edges.filter((edge) => edge.from === id).map((edge) => edge.to));
  const before = (/** @type {Group} */ { id }) =>
    groupsOf(edges.filter((edge) => edge.to === id).map((edge) => edge.from));
  const beside = (/** @type {Group} */ from, /** @type {number} */ sign) =>
    groups.filter(
      (one) =>
        one !== from &&
        layerOf(one.id) === layerOf(from.id) &&
        Math.sign(down ? one.x - from.x : one.y - from.y) === sign,
    );
  const names = down
    ? ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"]
    : ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"];
  const moves = [
    after,
    before,
    (/** @type {Group} */ one) => beside(one, 1),
    (/** @type {Group} */ one) => beside(one, -1),
  ];

  /** @param {Group} one */
  function focus(one) {
    for (const { group } of groups) group.setAttribute("tabindex", "-1");
    one.group.setAttribute("tabindex", "0");
    one.group.focus({ preventScroll: true });
    onFocus(one);
  }

  groups[0].group.setAttribute("tabindex", "0");
  drawn.svg.addEventListener("keydown", (event) => {
    const { target } = event;
    const from = target instanceof SVGElement ? byId.get(target.dataset.id ?? "") : undefined;
    const move = names.indexOf(event.key);
    if (!from || move < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const to = nearest(from, moves[move](from));
    if (to) focus(to);
  });
}
