// A layered layout: layers by the longest path, order by barycentres, places by least squares.
// Edges from one node share the way through the layers that they cross.

/**
 * @typedef {{ id: string, along: number, across: number }} Box A node, with its size along the
 *   layers and across them.
 * @typedef {{ from: string, to: string, label: number }} Link An edge, with the length of its label.
 * @typedef {{ from: number, to: number, across: number }} Point What an edge passes of a layer.
 */

/**
 * A place in a layer, of a node or of an edge that only passes.
 *
 * @typedef {object} Place
 * @property {string} key
 * @property {number} layer
 * @property {number} size Across the layer; 0 where an edge passes.
 * @property {Set<Place>} before
 * @property {Set<Place>} after
 * @property {number} position
 * @property {number} index In its layer.
 * @property {number} wish
 * @property {number} weight
 */

const SWEEPS = 12;
const GAP = 12;
const LANE = 9;

/** Layer of each node: one after the last of those that go into it. Nodes come in their order.
 * @param {Box[]} nodes @param {Link[]} edges */
function layersOf(nodes, edges) {
  const layer = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { id } of nodes) {
    for (const edge of edges) {
      if (edge.to !== id) continue;
      layer.set(id, Math.max(layer.get(id) ?? 0, (layer.get(edge.from) ?? 0) + 1));
    }
  }
  return layer;
}

/** Nodes and, where an edge crosses layers, way points; ways hold the places of each edge.
 * @param {Box[]} nodes @param {Link[]} edges @param {Map<string, number>} layer */
function withWayPoints(nodes, edges, layer) {
  const layerOf = (/** @type {string} */ id) => layer.get(id) ?? 0;
  const layers = Array.from(
    { length: Math.max(...layer.values()) + 1 },
    () => /** @type {Place[]} */ ([]),
  );
  /** @type {Map<string, Place>} */
  const places = new Map();
  /** @param {string} key @param {number} at @param {number} size */
  const place = (key, at, size) => {
    const known = places.get(key);
    if (known) return known;
    const none = { position: 0, index: 0, wish: 0, weight: 1 };
    /** @type {Place} */
    const one = { key, layer: at, size, before: new Set(), after: new Set(), ...none };
    places.set(key, one);
    layers[at].push(one);
    return one;
  };
  for (const node of nodes) place(node.id, layerOf(node.id), node.across);
  const ways = edges.map((edge) => {
    const way = [place(edge.from, layerOf(edge.from), 0)];
    for (let at = layerOf(edge.from) + 1; at < layerOf(edge.to); at += 1) {
      way.push(place(`${edge.from}@${at}`, at, 0));
    }
    way.push(place(edge.to, layerOf(edge.to), 0));
    way.slice(1).forEach((next, i) => {
      way[i].after.add(next);
      next.before.add(way[i]);
    });
    return way;
  });
  return { layers, places, ways };
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {Place[][]} layers */
function crossings(layers) {
  let count = 0;
  for (const layer of layers) {
    const pairs = layer.flatMap((one, i) => [...one.after].map((next) => [i, next.index]));
    for (const [a, b] of pairs) for (const [c, d] of pairs) if (a < c && b > d) count += 1;
  }
  return count;
}

/** @param {Place[][]} layers */
const number = (layers) =>
  layers.forEach((layer) =>
    layer.forEach((one, index) => {
      one.index = index;
    }),
  );

/** @param {Place[][]} layers */
function order(layers) {
  const remember = () => layers.map((layer) => [...layer]);
  number(layers);
  let best = remember();
  let least = crossings(layers);
  for (let sweep = 0; sweep < SWEEPS && least > 0; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) {
      for (const one of layer) {
        const near = [...(down ? one.before : one.after)];
        one.wish = near.length ? mean(near.map(({ index }) => index)) : one.index;
      }
      layer.sort((a, b) => a.wish - b.wish || a.index - b.index);
      layer.forEach((one, index) => {
        one.index = index;
      });
    }
    const now = crossings(layers);
    if (now < least) {
      least = now;
      best = remember();
    }
  }
  layers.forEach((layer, i) => layer.splice(0, layer.length, ...best[i]));
  number(layers);
}

/** @param {Place} one @param {Place} next */
const apart = (one, next) => (one.size + next.size) / 2 + (one.size && next.size ? GAP : LANE);

/** As near to the wishes as the order and the distances allow: pools of neighbours that would
 * overlap move together (isotonic regression).
 * @param {Place[]} layer @param {number[]} wishes */
function settle(layer, wishes) {
  const offsets = [0];
  layer.slice(1).forEach((one, i) => offsets.push(offsets[i] + apart(layer[i], one)));
  /** @type {{ sum: number, weight: number, count: number }[]} */
  const pools = [];
  wishes.forEach((wish, i) => {
    const { weight } = layer[i];
    let last = { sum: (wish - offsets[i]) * weight, weight, count: 1 };
    for (
      let pool = pools.at(-1);
      pool && pool.sum / pool.weight > last.sum / last.weight;
      pool = pools.at(-1)
    ) {
      pools.pop();
      last = {
        sum: pool.sum + last.sum,
        weight: pool.weight + last.weight,
        count: pool.count + last.count,
      };
    }
    pools.push(last);
  });
  let i = 0;
  for (const { sum, weight, count } of pools) {
    for (let k = 0; k < count; k += 1, i += 1) layer[i].position = sum / weight + offsets[i];
  }
}

/** @param {Place[][]} layers */
function position(layers) {
  for (const layer of layers) {
    for (const one of layer) one.weight = one.size ? 1 : 3;
    settle(
      layer,
      layer.map(() => 0),
    );
  }
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) {
      settle(
        layer,
        layer.map((one) => {
          const near = [...one.before, ...one.after];
          return near.length ? mean(near.map((other) => other.position)) : one.position;
        }),
      );
    }
  }
}

/**
 * Where everything goes: the middle of each node, and what each edge passes.
 *
 * @param {Box[]} nodes
 * @param {Link[]} edges
 * @param {{ between: number }} options The least distance of two layers.
 */
export function layOut(nodes, edges, { between }) {
  const layer = layersOf(nodes, edges);
  const { layers, places, ways } = withWayPoints(nodes, edges, layer);
  order(layers);
  position(layers);
  const length = new Map(nodes.map(({ id, along }) => [id, along]));
  const layerOf = (/** @type {string} */ id) => layer.get(id) ?? 0;
  const depth = layers.map((row) => Math.max(0, ...row.map(({ key }) => length.get(key) ?? 0)));
  const before = layers.map(
    (_, i) =>
      between + Math.max(0, ...edges.map((edge) => (layer.get(edge.to) === i ? edge.label : 0))),
  );
  const begin = [0];
  depth.slice(1).forEach((_, i) => begin.push(begin[i] + depth[i] + before[i + 1]));
  const every = [...places.values()];
  const low = Math.min(...every.map(({ position: at, size }) => at - size / 2));
  const high = Math.max(...every.map(({ position: at, size }) => at + size / 2));
  return {
    length: begin[begin.length - 1] + depth[depth.length - 1],
    breadth: high - low,
    nodes: new Map(
      nodes.map(({ id, along }) => [
        id,
        {
          along: begin[layerOf(id)] + (layerOf(id) === 0 ? depth[0] - along / 2 : along / 2),
          across: (places.get(id)?.position ?? 0) - low,
          layer: layerOf(id),
        },
      ]),
    ),
    ways: ways.map((way) =>
      way.slice(1, -1).map((point) => ({
        from: begin[point.layer],
        to: begin[point.layer] + depth[point.layer],
        across: point.position - low,
      })),
    ),
  };
}
