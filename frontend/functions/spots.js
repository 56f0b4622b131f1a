// Marks and names of curves, so that no curve is known by its colour alone. Geometry only.

/**
 * A mark as a path: a circle, a square or a diamond of one size, by which curve it is on.
 *
 * @param {number} curve From 0.
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function spotOf(curve, x, y, r) {
  const shape = curve % 3;
  if (shape === 0) return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  if (shape === 1) return `M${x - 0.9 * r} ${y - 0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z`;
  const reach = 1.3 * r;
  return `M${x} ${y - reach}l${reach} ${reach}l${-reach} ${reach}l${-reach} ${-reach}z`;
}

/**
 * Where a curve of costs is highest at one of its ends, or leaves the picture on the way there.
 *
 * @param {number[]} costs
 * @param {number} most The highest cost that is shown.
 */
export function leaves(costs, most) {
  const last = costs.length - 1;
  const [from, step] = costs[0] > costs[last] ? [0, 1] : [last, -1];
  let index = from;
  while (costs[index] > most && index + step >= 0 && index + step <= last) index += step;
  return { index, value: costs[index] };
}

/**
 * Heights at least a distance apart within a range, in the order that they are in; equal ones in the
 * order given, the first on top.
 *
 * @param {number[]} heights
 * @param {number} distance
 * @param {[number, number]} range
 */
export function apart(heights, distance, [least, most]) {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a] - heights[b] || a - b);
  const placed = [...heights];
  let free = least;
  for (const i of order) {
    placed[i] = Math.max(placed[i], free);
    free = placed[i] + distance;
  }
  let end = most;
  for (const i of [...order].reverse()) {
    placed[i] = Math.min(placed[i], end);
    end = placed[i] - distance;
  }
  return placed;
}
