// The state in an address, readable by people: #surface=bowl&surface.condition_number=50&start=-3,1
// Every field is declared once, with how it is read and how it is written.

/** What a name or a value is told as, at most, in characters. */
const TOLD = 60;

/**
 * A field of the address. `D` is the state being read, `S` the state written, `C` what reading needs
 * to know, as a catalogue, `W` what writing does: the same, if left out.
 *
 * @template D
 * @template S
 * @template C
 * @template [W=C]
 * @typedef {object} Field
 * @property {string} name As the address has it. A name that ends with a dot is a namespace: the
 *   field is given all names that begin with it, without it.
 * @property {(draft: D, text: string, context: C, name: string) => boolean} read Puts a text into
 *   the draft; false where the text cannot be used. Called for each time that the name is there.
 * @property {(state: Readonly<S>, context: W) => Iterable<string | [string, string]>} write The
 *   texts to be written, none where the value is the default; in a namespace with their names.
 */

/**
 * A field whose value stands in the state under a name, and is left out where it is the default.
 *
 * @template V
 * @param {object} options
 * @param {string} options.name
 * @param {string} [options.key] Its name in the state; as in the address if left out.
 * @param {V} options.fallback The default.
 * @param {(text: string, context: any) => V | undefined} options.read Undefined for what cannot be used.
 * @param {(value: V) => string} [options.write]
 * @param {boolean} [options.always] Whether it is written where it is the default, too.
 * @returns {Field<any, any, any>}
 */
export function field({ name, key = name, fallback, read, write = String, always = false }) {
  return {
    name,
    read(draft, text, context) {
      const value = read(text, context);
      if (value !== undefined) draft[key] = value;
      return value !== undefined;
    },
    write: (state) => (always || state[key] !== fallback ? [write(state[key])] : []),
  };
}

/** A word out of some. @template {string} W @param {readonly W[]} words */
export const word = (words) => (/** @type {string} */ text) => words.find((one) => one === text);

/** A whole number within bounds. @param {number} low @param {number} high */
export const whole = (low, high) => (/** @type {string} */ text) => {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return value >= low && value <= high ? value : undefined;
};

/** Any finite double within bounds; every digit of it is kept. @param {number} low @param {number} high */
export const double = (low, high) => (/** @type {string} */ text) => {
  const value = text.trim() === "" ? NaN : Number(text);
  return value >= low && value <= high ? value : undefined;
};

/** Yes or no, as 1 or 0. @param {string} text */
export const flag = (text) => (text === "1" ? true : text === "0" ? false : undefined);

// An address may hold commas, colons, plus signs and dots as they are, which read better.
/** @param {string} text */
const escaped = (text) =>
  encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%2B/g, "+");

/** @param {string} text @returns {string | null} */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/**
 * Pairs of names and values in the part of an address after `#`; what cannot be read is in `wrong`.
 *
 * @param {string} hash
 */
export function pairsOf(hash) {
  /** @type {[string, string][]} */
  const pairs = [];
  /** @type {string[]} */
  const wrong = [];
  for (const part of hash.replace(/^#/, "").split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const name = unescaped(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? "" : unescaped(part.slice(at + 1));
    if (name === null || value === null) wrong.push(part);
    else pairs.push([name, value]);
  }
  return { pairs, wrong };
}

/**
 * @template D
 * @template S
 * @template C
 * @template [W=C]
 * @param {Field<D, S, C, W>[]} fields In the order in which they are read and written: a field may need
 *   what one before it has put into the draft.
 * @param {(draft: D, name: string, context: C) => string | null} [legacy] What a name that no field
 *   has was called before; null where it never was.
 */
export function createCodec(fields, legacy = () => null) {
  /** @param {string} name */
  const find = (name) =>
    fields.find((one) =>
      one.name.endsWith(".")
        ? name.startsWith(one.name) && name.length > one.name.length
        : one.name === name,
    );

  return {
    /**
     * Puts into a draft what an address says; answers what could not be used, as texts.
     *
     * @param {string} hash
     * @param {D} draft
     * @param {C} context
     * @returns {string[]}
     */
    read(hash, draft, context) {
      const { pairs, wrong } = pairsOf(hash);
      const problems = wrong.map((part) => part.slice(0, TOLD));
      /** @param {string} name @param {string} text */
      const tell = (name, text) => problems.push(`${name}=${text}`.slice(0, TOLD));
      const open = new Set(pairs);
      for (const one of fields) {
        for (const pair of pairs) {
          if (!open.has(pair)) continue;
          const [said, text] = pair;
          const name = find(said) ? said : (legacy(draft, said, context) ?? said);
          if (find(name) !== one) continue;
          open.delete(pair);
          const inner = one.name.endsWith(".") ? name.slice(one.name.length) : name;
          if (!one.read(draft, text, context, inner)) tell(said, text);
        }
      }
      for (const [name, text] of open) tell(name, text);
      return problems;
    },

    /** @param {Readonly<S>} state @param {W} context @returns {string} With its `#`. */
    write(state, context) {
      const parts = fields.flatMap((one) =>
        [...one.write(state, context)].map((found) => {
          const [inner, text] = typeof found === "string" ? ["", found] : found;
          return `${escaped(one.name + inner)}=${escaped(text)}`;
        }),
      );
      return `#${parts.join("&")}`;
    },
  };
}
