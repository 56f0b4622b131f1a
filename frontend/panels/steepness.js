// The length of the gradient on a logarithmic scale: numbers for a picture, no page.

const SHARES = [0.01, 0.999];
const TICKS = 7;

function quantile(sorted, share) {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)] - below);
}

// log₁₀ of each norm, and the ends of the colours: all but the flattest hundredth and the
// steepest thousandth, or one needle would take every colour. A norm of 0 is as flat as the
// picture gets, an infinite one as steep; where there is no gradient there is a gap.
export function steepness(norms) {
  const values = Float32Array.from(norms, Math.log10);
  const sorted = values.filter(Number.isFinite).sort();
  let [low, high] = sorted.length === 0 ? [0, 1] : SHARES.map((share) => quantile(sorted, share));
  if (high - low < 1e-3) [low, high] = [low - 0.5, high + 0.5];
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] < low) values[i] = low;
    else if (values[i] > high) values[i] = high;
  }
  return { values, low, high };
}

// Round numbers between two ends, whole ones where there is room.
export function ticksBetween(low, high) {
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
  const step = steps.find((one) => (high - low) / one <= TICKS) ?? 200;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) },
    (_, k) => Number(((first + k) * step).toFixed(2)));
}
