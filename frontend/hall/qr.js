// A QR code as an SVG path. Always dark on light: not every phone reads the other way round.

import { svg } from "../vendor/lit-html/lit-html.js";
import { encode } from "../vendor/uqr/uqr.js";

/** @param {string} text @param {string} label */
export function qr(text, label) {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return svg`<svg class="hall-qr" role="img" aria-label=${label} viewBox=${`0 0 ${size} ${size}`}
    shape-rendering="crispEdges"><path fill="#fff" d=${`M0 0h${size}v${size}H0z`} /><path fill="#000"
    d=${path} /></svg>`;
}
