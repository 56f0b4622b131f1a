// How fast a player can be: 1 is sixty steps a second.

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
