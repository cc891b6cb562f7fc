/* The first view of the map, to which the reader can return. */
import { data } from "../payload/data.ts";
import { askedFirst } from "../state/address.ts";
import { setRoamed } from "../state/story.ts";
import type { Bounds } from "../types/payload.ts";
import { onPaper } from "./room.ts";

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

/** Follow the map: any move but that to its own view is the reader's. */
export const watchHome = (map: L.Map): void => {
  setRoamed(Boolean(askedFirst.view));
  map.on("movestart", () => {
    if (!onPaper()) setRoamed(!going);
  });
};
