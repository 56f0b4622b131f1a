// A layer makes of the scene what lies under paths and marks: colours or lines.

/**
 * @typedef {import("../scene.js").Scene} Scene
 * @typedef {import("../scene.js").Look} Look
 * @typedef {import("../scene.js").View} View
 *
 * @typedef {object} Ground Colours, and the bar that says what they mean.
 * @property {"ground"} kind
 * @property {string} name
 * @property {View} view Where it lies.
 * @property {import("../scene.js").Shade} shade
 * @property {import("../../charts/palette.js").ColorScale} colorscale
 * @property {number} zmin
 * @property {number} zmax
 * @property {number[]} ticks
 * @property {string[]} texts
 * @property {string} title
 *
 * @typedef {object} LevelLines
 * @property {"lines"} kind
 * @property {import("../../charts/display_list.js").Role} [role] Its name in the legend.
 * @property {View} view
 * @property {import("../scene.js").Lines} lines
 * @property {number} every Every so manieth level is drawn.
 * @property {string} color
 * @property {number} width
 * @property {string} [dash]
 *
 * @typedef {object} Mapping A map's pixels, over the ground.
 * @property {"map"} kind
 * @property {View} view
 * @property {import("../../maps/filling.js").Filling} filling
 * @property {object} mapped Another one whenever something has come.
 * @property {import("../../maps/painting.js").ColourOf} colourOf
 *
 * @typedef {object} Tint A region of the plane, over grounds and maps.
 * @property {"tint"} kind
 * @property {import("../scene.js").Region} region
 * @property {string} color
 * @property {import("../../charts/display_list.js").Role} role
 *
 * @typedef {(scene: Scene, look: Look) => Ground | Mapping | LevelLines | Tint | null} Layer
 */

export {};
