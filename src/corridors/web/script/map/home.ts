/* The first view of the map, to which the reader can return. */
import { data } from "../payload/data.ts";
import type { Bounds } from "../types/payload.ts";

/** The area of that view, and the area for a window that is taller than wide. */
export interface Frame {
  bounds?: Bounds;
  narrow?: Bounds;
}

let frame: Frame = data.map.view ?? {};
let going = false;
let home: ((fly: boolean) => void) | null = null;

export const homeFrame = (): Frame => frame;

export const setHomeFrame = ({ bounds, narrow }: Frame): void => {
  frame = { bounds, narrow };
};

/** Set the function that shows this view. */
export const setHome = (go: (fly: boolean) => void): void => {
  home = go;
};

/** Show the first view of the map, at once or in a flight. */
export const goHome = (fly = false): void => {
  going = true;
  home?.(fly);
  going = false;
};

/** Whether this view is what the map moves to. */
export const isGoingHome = (): boolean => going;
