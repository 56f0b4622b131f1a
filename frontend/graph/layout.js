// A layered layout: layers by the longest path, order by barycentres, places by least squares.
// Edges from one node share the way through the layers that they cross.

const SWEEPS = 12;
const GAP = 12;
const LANE = 9;

// Layer of each node: one after the last of those that go into it. Nodes come in their order.
function layersOf(nodes, edges) {
  const layer = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { id } of nodes) {
    for (const edge of edges) {
      if (edge.to === id) layer.set(id, Math.max(layer.get(id), layer.get(edge.from) + 1));
    }
  }
  return layer;
}

// Nodes and, where an edge crosses layers, way points; ways hold the places of each edge.
function withWayPoints(nodes, edges, layer) {
  const layers = Array.from({ length: Math.max(...layer.values()) + 1 }, () => []);
  const places = new Map();
  const place = (key, at, size) => {
    if (!places.has(key)) {
      const one = { key, layer: at, size, before: new Set(), after: new Set(), position: 0 };
      places.set(key, one);
      layers[at].push(one);
    }
    return places.get(key);
  };
  for (const node of nodes) place(node.id, layer.get(node.id), node.across);
  const ways = edges.map((edge) => {
    const way = [places.get(edge.from)];
    for (let at = layer.get(edge.from) + 1; at < layer.get(edge.to); at += 1) {
      way.push(place(`${edge.from}@${at}`, at, 0));
    }
    way.push(places.get(edge.to));
    way.slice(1).forEach((next, i) => {
      way[i].after.add(next);
      next.before.add(way[i]);
    });
    return way;
  });
  return { layers, places, ways };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function crossings(layers) {
  let count = 0;
  for (const layer of layers) {
    const pairs = layer.flatMap((one, i) => [...one.after].map((next) => [i, next.index]));
    for (const [a, b] of pairs) for (const [c, d] of pairs) if (a < c && b > d) count += 1;
  }
  return count;
}

const number = (layers) =>
  layers.forEach((layer) =>
    layer.forEach((one, index) => {
      one.index = index;
    }),
  );

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

const apart = (one, next) => (one.size + next.size) / 2 + (one.size && next.size ? GAP : LANE);

// As near to the wishes as the order and the distances allow: pools of neighbours that would
// overlap move together (isotonic regression).
function settle(layer, wishes) {
  const offsets = [0];
  layer.slice(1).forEach((one, i) => offsets.push(offsets[i] + apart(layer[i], one)));
  const pools = [];
  wishes.forEach((wish, i) => {
    pools.push({ sum: (wish - offsets[i]) * layer[i].weight, weight: layer[i].weight, count: 1 });
    while (
      pools.length > 1 &&
      pools.at(-2).sum / pools.at(-2).weight > pools.at(-1).sum / pools.at(-1).weight
    ) {
      const last = pools.pop();
      const pool = pools.at(-1);
      pool.sum += last.sum;
      pool.weight += last.weight;
      pool.count += last.count;
    }
  });
  let i = 0;
  for (const { sum, weight, count } of pools) {
    for (let k = 0; k < count; k += 1, i += 1) layer[i].position = sum / weight + offsets[i];
  }
}

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

// Where everything goes. `nodes` have an id and a size `along` the layers and `across` them, edges
// the length of their `label`; the answer has the middle of each node and what each edge passes.
export function layOut(nodes, edges, { between }) {
  const layer = layersOf(nodes, edges);
  const { layers, places, ways } = withWayPoints(nodes, edges, layer);
  order(layers);
  position(layers);
  const length = new Map(nodes.map(({ id, along }) => [id, along]));
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
    length: begin.at(-1) + depth.at(-1),
    breadth: high - low,
    nodes: new Map(
      nodes.map(({ id, along }) => [
        id,
        {
          along: begin[layer.get(id)] + (layer.get(id) === 0 ? depth[0] - along / 2 : along / 2),
          across: places.get(id).position - low,
          layer: layer.get(id),
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
