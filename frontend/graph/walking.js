// Arrow keys walk from node to node: along the edges, and among the nodes of a layer.

const near = (from, list) =>
  list.reduce((best, one) => {
    const distance = (other) => Math.hypot(other.x - from.x, other.y - from.y);
    return !best || distance(one) < distance(best) ? one : best;
  }, null);

export function listenToWalks(drawn, onFocus) {
  const { groups, edges, down, layerOf } = drawn;
  const find = (id) => groups.find((one) => one.id === id);
  const linked = (id, end, other) =>
    edges.filter((edge) => edge[end] === id).map((edge) => find(edge[other]));
  const beside = (from, sign) =>
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
    (id) => linked(id, "from", "to"),
    (id) => linked(id, "to", "from"),
    (id) => beside(find(id), 1),
    (id) => beside(find(id), -1),
  ];

  function focus(one) {
    for (const { group } of groups) group.setAttribute("tabindex", -1);
    one.group.setAttribute("tabindex", 0);
    one.group.focus({ preventScroll: true });
    onFocus(one);
  }

  groups[0].group.setAttribute("tabindex", 0);
  drawn.svg.addEventListener("keydown", (event) => {
    const { id } = event.target.dataset;
    const move = names.indexOf(event.key);
    if (!id || move < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const to = near(find(id), moves[move](id));
    if (to) focus(to);
  });
}
