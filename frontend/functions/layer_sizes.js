// How many numbers a layer Y = XW has in its Jacobian, and how many backpropagation keeps of it.

/** Rows of the batch, inputs and outputs. @typedef {{ n: number, m: number, k: number }} Layer */

/** Bytes of a number in single precision. */
export const BYTES = 4;
/** The most of each that can be asked for: products stay whole numbers of a double. */
export const MOST = 4096;

/** Numbers of ∂Y/∂X: each of NK outputs by each of NM inputs. @param {Layer} layer */
export const jacobianNumbers = ({ n, m, k }) => n * k * n * m;

/** Numbers of X and of the gradient by Y, of which both products are made. @param {Layer} layer */
export const keptNumbers = ({ n, m, k }) => n * m + n * k;
