/* A map that was moved, or whose picture gets a margin: which parts of the new window the picture before does not show. */
import type { Ask, Frame } from "../types/columns.ts";

const LEAST = 0.4; // of the window: if less of it was drawn before, all is drawn again

/** Whether a part of a picture is the same whatever is drawn beside it: lines without dashes, and whole pixels. */
export const isSeamless = ({ ratio, look }: Ask<"draw">): boolean =>
  Number.isInteger(ratio) &&
  Object.values(look).every(
    ({ geometry, strokes }) => geometry === "line" && strokes.every(({ dash }) => !dash.length),
  );

/** The parts of a window that a window before does not have; null if they have too little in common. */
export const newParts = (before: Frame, now: Frame): Frame[] | null => {
  const { zoom, left, top, width, height } = now;
  const [right, bottom] = [left + width, top + height];
  // What both show.
  const [west, north] = [Math.max(left, before.left), Math.max(top, before.top)];
  const east = Math.min(right, before.left + before.width);
  const south = Math.min(bottom, before.top + before.height);
  const [across, along] = [east - west, south - north];
  if (before.zoom !== zoom || across <= 0 || along <= 0 || across * along < LEAST * width * height) return null;
  const between = { ...now, left: west, width: across };
  return [
    { ...now, width: west - left },
    { ...now, left: east, width: right - east },
    { ...between, height: north - top },
    { ...between, top: south, height: bottom - south },
  ].filter((part) => part.width && part.height);
};
