/**
 * The pixels of a map's level, as the server counts them (server/maps/pixels.py): row by row those of
 * its lattice that no coarser level held. A pixel's number is row * nx + column, row 0 the lowest y.
 *
 * @param {number} nx columns
 * @param {number} ny rows
 * @param {number} stride of the level
 * @param {number} coarser stride of the level before it, 0 for none
 * @returns {Uint32Array}
 */
export function pixelsOf(nx, ny, stride, coarser) {
  const pixels = new Uint32Array(Math.ceil(nx / stride) * Math.ceil(ny / stride));
  let count = 0;
  for (let row = 0; row < ny; row += stride) {
    for (let column = 0; column < nx; column += stride) {
      const held = coarser && row % coarser === 0 && column % coarser === 0;
      if (!held) pixels[count++] = row * nx + column;
    }
  }
  return pixels.slice(0, count);
}
