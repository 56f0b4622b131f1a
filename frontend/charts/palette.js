// One list of run colours for every panel, after Okabe and Ito: told apart with any common
// colour blindness, and again by marker shape; darker on light ground, lighter on dark.

const LIGHT = [
  "#0072b2",
  "#d55e00",
  "#008a64",
  "#a8327f",
  "#1b1b1b",
  "#a67c00",
  "#3d9bd6",
  "#8a5a44",
];
const DARK = [
  "#5bb8ee",
  "#ff8f45",
  "#2fd3a0",
  "#ee8fcb",
  "#f5f5f5",
  "#f0de4a",
  "#a9c9ff",
  "#d8a88f",
];
const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "down", "star", "bar"];
const DASHES = [[], [7, 4]];

// Loss as lightness alone, so that hue is left to the runs; low is the page's own ground.
const SCALES = {
  light: [
    [0, "#fdfdfb"],
    [0.25, "#e2e8ee"],
    [0.5, "#c3d0dd"],
    [0.75, "#9fb3c8"],
    [1, "#7b94b0"],
  ],
  dark: [
    [0, "#0e141b"],
    [0.25, "#1a2532"],
    [0.5, "#28394c"],
    [0.75, "#3a5069"],
    [1, "#51708f"],
  ],
};

export const runStyle = (index, theme) => ({
  color: (theme === "dark" ? DARK : LIGHT)[index % LIGHT.length],
  shape: SHAPES[index % SHAPES.length],
  dash: DASHES[Math.floor(index / LIGHT.length) % DASHES.length],
});

// The length of the gradient in a hue of its own, so that nobody takes it for the loss.
const STEEPNESS = {
  light: [
    [0, "#fdfdfb"],
    [0.25, "#efe6dc"],
    [0.5, "#dcc8b6"],
    [0.75, "#c3a48f"],
    [1, "#a37c6a"],
  ],
  dark: [
    [0, "#0e141b"],
    [0.25, "#261f22"],
    [0.5, "#41302d"],
    [0.75, "#61463b"],
    [1, "#86614c"],
  ],
};

export const steepnessScaleOf = (theme) => STEEPNESS[theme];

export const scaleOf = (theme) => SCALES[theme];

export const inks = (theme) =>
  theme === "dark"
    ? {
        text: "#d5dde6",
        faint: "#93a1b0",
        line: "rgba(214,226,240,0.28)",
        grid: "#26323f",
        halo: "rgba(8,12,17,0.75)",
        minimum: "#ffffff",
      }
    : {
        text: "#28323d",
        faint: "#5d6b79",
        line: "rgba(38,56,76,0.34)",
        grid: "#dde3e9",
        halo: "rgba(255,255,255,0.85)",
        minimum: "#101820",
      };

// Traces the outline of a marker of radius r around (x, y) on a canvas.
export function traceMarker(context, shape, x, y, r) {
  context.beginPath();
  const polygon = (...points) => {
    points.forEach(([dx, dy], i) =>
      i === 0 ? context.moveTo(x + dx * r, y + dy * r) : context.lineTo(x + dx * r, y + dy * r),
    );
    context.closePath();
  };
  switch (shape) {
    case "square":
      return polygon([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]);
    case "triangle":
      return polygon([0, -1.15], [1.1, 0.85], [-1.1, 0.85]);
    case "diamond":
      return polygon([0, -1.25], [1.1, 0], [0, 1.25], [-1.1, 0]);
    case "down":
      return polygon([0, 1.15], [1.1, -0.85], [-1.1, -0.85]);
    case "bar":
      return polygon([-1.2, -0.5], [1.2, -0.5], [1.2, 0.5], [-1.2, 0.5]);
    case "cross":
      return polygon(
        [-0.4, -1.1],
        [0.4, -1.1],
        [0.4, -0.4],
        [1.1, -0.4],
        [1.1, 0.4],
        [0.4, 0.4],
        [0.4, 1.1],
        [-0.4, 1.1],
        [-0.4, 0.4],
        [-1.1, 0.4],
        [-1.1, -0.4],
        [-0.4, -0.4],
      );
    case "star":
      return polygon(
        ...Array.from({ length: 10 }, (_, i) => {
          const radius = i % 2 ? 0.55 : 1.3;
          const angle = (i / 5) * Math.PI - Math.PI / 2;
          return [radius * Math.cos(angle), radius * Math.sin(angle)];
        }),
      );
    default:
      context.arc(x, y, r, 0, 2 * Math.PI);
  }
}

// An arrow from (x, y) along (dx, dy), with a halo so that it is seen on any ground.
export function traceArrow(context, x, y, dx, dy, { color, dash, halo }) {
  const length = Math.hypot(dx, dy);
  if (length < 3) return;
  const [ux, uy] = [dx / length, dy / length];
  const [tipX, tipY] = [x + dx, y + dy];
  const stroke = (width, style) => {
    context.lineWidth = width;
    context.strokeStyle = style;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(tipX, tipY);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(tipX - 8 * ux + 4.5 * uy, tipY - 8 * uy - 4.5 * ux);
    context.lineTo(tipX, tipY);
    context.lineTo(tipX - 8 * ux - 4.5 * uy, tipY - 8 * uy + 4.5 * ux);
    context.stroke();
  };
  context.lineCap = "round";
  stroke(5, halo);
  stroke(2.2, color);
}
