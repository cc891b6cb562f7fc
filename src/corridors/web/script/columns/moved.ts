/* A map that was moved: which parts of its new window the picture before does not show. */
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
  const { zoom, width, height } = now;
  if (before.zoom !== zoom || before.width !== width || before.height !== height) return null;
  const [right, down] = [now.left - before.left, now.top - before.top];
  const [across, along] = [width - Math.abs(right), height - Math.abs(down)]; // of what both show
  if (across <= 0 || along <= 0 || across * along < LEAST * width * height) return null;
  const beside = { ...now, left: right > 0 ? now.left + across : now.left, width: width - across };
  const above = {
    ...now,
    left: right > 0 ? now.left : now.left + width - across,
    width: across,
    top: down > 0 ? now.top + along : now.top,
    height: height - along,
  };
  return [beside, above].filter((part) => part.width && part.height);
};
