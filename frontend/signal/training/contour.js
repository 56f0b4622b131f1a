// Where a probability on a grid is one half: marching squares.

const CERTAIN = 1e-7;

// The network's own output, which is far straighter between two points of the grid than σ of it.
/** @param {number} probability */
function logit(probability) {
  const share = Math.max(CERTAIN, Math.min(1 - CERTAIN, probability));
  return Math.log(share / (1 - share));
}

/**
 * Segments [x0, y0, x1, y1]; values are row by row, a row for each y.
 *
 * @param {ArrayLike<number>} values
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @returns {number[][]}
 */
export function boundary(values, xs, ys) {
  const wide = xs.length;
  const outputs = Float64Array.from(values, logit);
  const segments = [];
  for (let j = 0; j + 1 < ys.length; j += 1) {
    for (let i = 0; i + 1 < wide; i += 1) {
      const corners = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ];
      const heights = corners.map(([column, row]) => outputs[row * wide + column]);
      const crossings = [];
      for (let side = 0; side < 4; side += 1) {
        const [from, to] = [heights[side], heights[(side + 1) % 4]];
        if (from < 0 === to < 0) continue;
        const part = from / (from - to);
        const [a, b] = [corners[side], corners[(side + 1) % 4]];
        crossings.push([
          xs[a[0]] + part * (xs[b[0]] - xs[a[0]]),
          ys[a[1]] + part * (ys[b[1]] - ys[a[1]]),
        ]);
      }
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        segments.push([...crossings[k], ...crossings[k + 1]]);
      }
    }
  }
  return segments;
}
