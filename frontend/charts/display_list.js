// What a picture is made of before anybody draws it: a list of plain data. A canvas draws it, a
// test records it, an SVG writer would write it; what makes it knows none of them.

/**
 * @typedef {[number, number]} Spot A place on the panel, in CSS pixels from its top left corner.
 * @typedef {{left: number, top: number, width: number, height: number}} Frame Where the axes are.
 *
 * What an item is for; the legend explains it by the same name.
 * @typedef {"start" | "minimum" | "local_minimum" | "head" | "clipped" | "diverged" | "dashed"
 *   | "gradient" | "batch_gradient" | "prediction" | "batch_lines" | "batch_points" | "name" | "cursor" | "curve"
 *   | "event" | "anatomy_larger" | `anatomy_${import("./roles.js").PartRole}`
 *   | "tap" | "region_convex" | "region_stable" | "region_descent" | "eigen_larger" | "eigen_smaller"} Role
 *
 * @typedef {object} Marker One of the shapes by which runs are told apart.
 * @property {"marker"} kind
 * @property {Role} role
 * @property {Spot} at
 * @property {string} shape
 * @property {number} size
 * @property {string} color
 * @property {string} [halo]
 *
 * @typedef {object} Circle
 * @property {"circle"} kind
 * @property {Role} role
 * @property {Spot} at
 * @property {number} size
 * @property {string} color
 * @property {number} width
 * @property {string} [fill]
 *
 * @typedef {object} Cross
 * @property {"cross"} kind
 * @property {Role} role
 * @property {Spot} at
 * @property {number} size
 * @property {string} color
 * @property {number} width
 * @property {number} opacity
 *
 * @typedef {object} Arrow
 * @property {"arrow"} kind
 * @property {Role} role
 * @property {Spot} at
 * @property {Spot} by How far it points, in pixels.
 * @property {number[]} dash
 * @property {string} color
 * @property {number} width
 * @property {string} halo
 *
 * @typedef {object} Line
 * @property {"line"} kind
 * @property {Role} role
 * @property {ArrayLike<number>} pixels x and y of each point in turn.
 * @property {string} color
 * @property {number} width
 * @property {number[]} [dash]
 *
 * @typedef {object} Label
 * @property {"label"} kind
 * @property {Role} role
 * @property {Spot} at Of its middle height, and of the side it is aligned by.
 * @property {string} text
 * @property {"left" | "center" | "right"} align
 * @property {number} size
 * @property {string} color
 * @property {string} [halo]
 *
 * @typedef {Marker | Circle | Cross | Arrow | Line | Label} Item
 *
 * @typedef {object} Trail A path or a curve, of which a part is shown: up to a step.
 * @property {Float32Array} pixels x and y of each point in turn.
 * @property {number} count
 * @property {string} color
 * @property {number} width
 * @property {number[]} dash
 * @property {string | null} halo
 * @property {Uint8Array | null} rings 1 at points with a ring; null where there are none.
 *
 * Whoever draws a display list: today a canvas. `still` changes with what is shown, `moving` with
 * every step, and trails only grow while a race is played: a drawer may profit from that.
 * @typedef {object} Drawer
 * @property {(frame: Frame) => void} place Everything but labels is cut off outside the frame.
 * @property {(items: Item[]) => void} still
 * @property {(trails: Trail[], step: number) => void} trails
 * @property {(items: Item[]) => void} moving
 */

export {};
