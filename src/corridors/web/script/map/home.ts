/* The view that the map opens with and comes back to. */
import { data } from "../payload/data.ts";
import type { Bounds } from "../types/payload.ts";

/** What is in that view, and what instead in a window that is taller than wide. */
export interface Frame {
  bounds?: Bounds;
  narrow?: Bounds;
}

let frame: Frame = data.map.view ?? {};
let home: (() => void) | null = null;

export const homeFrame = (): Frame => frame;

export const setHomeFrame = ({ bounds, narrow }: Frame): void => {
  frame = { bounds, narrow };
};

/** Say how to go there. */
export const setHome = (go: () => void): void => {
  home = go;
};

/** Show the view that the map opens with. */
export const goHome = (): void => home?.();
