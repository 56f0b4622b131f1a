// The state of the page, its defaults, and the questions that panels ask of it.

export const CONVENTIONS = ["lecture", "pytorch", "keras", "optax"];
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

let nextKey = 1;

export function newRun(optimizer, more = {}) {
  return { key: nextKey++, optimizer, convention: "lecture", numbers: {}, label: null,
    enabled: true, ...more };
}

export function defaultState(catalog) {
  const surface = catalog.surfaces[0];
  const runs = catalog.optimizers.slice(0, 6).map((optimizer, color) =>
    newRun(optimizer.id, { color }));
  return {
    surface: surface.id,
    parameters: {},
    starts: [[...surface.start]],
    selectedStart: 0,
    runs,
    selectedRun: runs.at(-1).key,
    steps: 500,
    precision: "float64",
    tolerance: 0.001,
    view: null,
    speed: 1,
    loop: false,
    language: null,
    theme: null,
  };
}

export const surfaceOf = (catalog, state) =>
  catalog.surfaces.find((surface) => surface.id === state.surface);

export const optimizerOf = (catalog, run) =>
  catalog.optimizers.find((optimizer) => optimizer.id === run.optimizer);

// What a number of a run is when nobody has touched it: the surface decides the rate, the
// convention's framework the rest.
export function defaultNumber(catalog, state, run, name) {
  if (name === "learning_rate") return surfaceOf(catalog, state).learning_rates[run.optimizer];
  return optimizerOf(catalog, run).conventions[run.convention].defaults[name];
}

// Names that tell runs apart: two of one optimiser are numbered, a convention is named.
export function runNames(catalog, state, localize) {
  const plain = state.runs.map((run) => {
    if (run.label) return run.label;
    const title = localize(optimizerOf(catalog, run).title);
    return run.convention === "lecture" ? title : `${title} · ${CONVENTION_NAMES[run.convention]}`;
  });
  return plain.map((name, index) => {
    const twins = plain.filter((other) => other === name).length;
    if (twins === 1) return name;
    return `${name} ${plain.slice(0, index + 1).filter((other) => other === name).length}`;
  });
}

export const CONVENTION_NAMES =
  { lecture: "lecture", pytorch: "PyTorch", keras: "Keras", optax: "Optax" };

export function freeColor(runs) {
  const used = new Set(runs.map((run) => run.color));
  let color = 0;
  while (used.has(color)) color += 1;
  return color;
}

export const changeRun = (state, key, change) => ({
  runs: state.runs.map((run) => (run.key === key ? { ...run, ...change } : run)),
});

// A new surface brings its own start and view; what was typed into hyperparameters stays.
export function chooseSurface(catalog, id) {
  const surface = catalog.surfaces.find((entry) => entry.id === id);
  return { surface: id, parameters: {}, starts: [[...surface.start]], selectedStart: 0, view: null };
}
