/* The view that the map opens with and comes back to. */

let home = () => {};

export const setHome = (go) => { home = go; };

/** Show the view that the map opens with. */
export const goHome = () => home();
