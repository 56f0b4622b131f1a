// The small landscape that is tapped: shades and level lines of a coarse grid, drawn here, so that
// it costs a few kilobytes. Written for browsers of 2018: no `?.`, no `??`.
{
  const [COLUMNS, ROWS, BANDS] = [40, 30, 12];

  /** @param {{ bdata: string, dtype: string }} packed */
  const unpacked = (packed) => {
    const bytes = Uint8Array.from(atob(packed.bdata), (one) => one.charCodeAt(0)).buffer;
    return packed.dtype === "f4" ? new Float32Array(bytes) : new Float64Array(bytes);
  };

  // A loss by its rank: a ravine and a bowl both fill the picture evenly.
  /** @param {ArrayLike<number>} losses */
  function ranks(losses) {
    const order = Array.from(losses, (_, at) => at).sort((a, b) => losses[a] - losses[b]);
    const rank = new Float32Array(losses.length);
    order.forEach((at, place) => {
      const before = order[place - 1];
      rank[at] =
        place > 0 && losses[at] === losses[before] ? rank[before] : place / (order.length - 1);
    });
    return rank;
  }

  /** @param {Float32Array} rank @param {number} column @param {number} row */
  function between(rank, column, row) {
    const c = Math.min(COLUMNS - 2, Math.floor(column));
    const r = Math.min(ROWS - 2, Math.floor(row));
    const [u, v] = [column - c, row - r];
    const at = r * COLUMNS + c;
    const low = rank[at] * (1 - u) + rank[at + 1] * u;
    return low * (1 - v) + (rank[at + COLUMNS] * (1 - u) + rank[at + COLUMNS + 1] * u) * v;
  }

  const channels = (/** @type {string} */ name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim().split(" ").map(Number);

  /** @param {HTMLCanvasElement} canvas @param {Float32Array} rank */
  function draw(canvas, rank) {
    const { width, height } = canvas;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const image = context.createImageData(width, height);
    const [low, high] = [channels("--low"), channels("--high")];
    const bands = new Uint8Array(width * height);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const row = ((height - 1 - y) / (height - 1)) * (ROWS - 1);
        const value = between(rank, (x / (width - 1)) * (COLUMNS - 1), row);
        const at = y * width + x;
        bands[at] = Math.min(BANDS - 1, Math.floor(value * BANDS));
        const isLine =
          (x > 0 && bands[at] !== bands[at - 1]) || (y > 0 && bands[at] !== bands[at - width]);
        const share = isLine ? 1.35 : bands[at] / (BANDS - 1);
        for (let i = 0; i < 3; i += 1) {
          image.data[4 * at + i] = low[i] + (high[i] - low[i]) * share;
        }
        image.data[4 * at + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  }

  /**
   * A landscape on a canvas.
   *
   * @param {HTMLCanvasElement} canvas
   * @param {string} root Where the server's addresses begin.
   * @param {any} landscape The surface as the API takes it; `view` is the part that is shown.
   */
  async function landscapeOn(canvas, root, landscape) {
    const { view, ...surface } = landscape;
    /** @type {any} */
    const body = { surface, nx: COLUMNS, ny: ROWS };
    if (view) [[body.x_min, body.x_max], [body.y_min, body.y_max]] = view;
    const asked = `request=${encodeURIComponent(JSON.stringify(body))}&encoding=typed`;
    const answer = await fetch(`${root}api/v1/grid?${asked}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { x, y, loss } = await answer.json();
    const [xs, ys] = [unpacked(x), unpacked(y)];
    const rank = ranks(unpacked(loss));
    canvas.width = 480;
    canvas.height = 360;
    const [left, right] = [xs[0], xs[xs.length - 1]];
    const [bottom, top] = [ys[0], ys[ys.length - 1]];
    return {
      domain: [
        [left, right],
        [bottom, top],
      ],
      /** @param {number} u @param {number} v Shares of the width and the height, from above. */
      at: (u, v) => [left + u * (right - left), top - v * (top - bottom)],
      /** @param {[number, number, string][]} marks Points and the sign that each is marked with. */
      show(marks) {
        draw(canvas, rank);
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
        for (const [px, py, sign] of marks) {
          const cx = ((px - left) / (right - left)) * canvas.width;
          const cy = ((top - py) / (top - bottom)) * canvas.height;
          for (const [line, color] of /** @type {[number, string][]} */ ([
            [9, "#fff"],
            [5, sign === "+" ? "#b04a00" : "#18703d"],
          ])) {
            context.lineWidth = line;
            context.strokeStyle = color;
            context.beginPath();
            if (sign === "+") {
              context.moveTo(cx - 16, cy);
              context.lineTo(cx + 16, cy);
              context.moveTo(cx, cy - 16);
              context.lineTo(cx, cy + 16);
            } else context.arc(cx, cy, 14, 0, 7);
            context.stroke();
          }
        }
      },
    };
  }

  Object.assign(window, { phoneLandscape: landscapeOn });
}
