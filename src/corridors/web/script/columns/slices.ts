/* Long work in slices, between which the worker can take other requests. Newer pictures make older ones pointless, and
 * work in the background rests while there is a picture to draw. */

const SLICE = 12; // milliseconds
const PAGE_SLICE = 12; // of the page's own thread, which must not keep the reader waiting

let newest = 0;
let drawing = 0;
let until = 0; // the end of the slice of the background
let channel: MessageChannel | null = null;
const resting: (() => void)[] = [];

const openChannel = (): MessageChannel => {
  const opened = new MessageChannel();
  opened.port1.onmessage = () => resting.shift()?.();
  return opened;
};

/** A message to ourselves comes after the requests that wait; unlike a timer, without delay. */
const rest = (): Promise<void> =>
  new Promise((resolve) => {
    channel ??= openChannel();
    resting.push(resolve);
    channel.port2.postMessage(null);
  });

/** Thrown in work that newer work has made pointless. */
export class Superseded extends Error {}

/** The turn of one picture. */
export interface Turn {
  /** Whether a slice is over. */
  due(): boolean;
  /** Let other requests be answered. If a newer picture has begun, this one ends as Superseded. */
  pause(): Promise<void>;
}

/** Draw a picture, which makes earlier ones pointless; null if a newer one has made this one pointless. */
export const inTurn = async <T>(draw: (turn: Turn) => Promise<T>): Promise<T | null> => {
  newest += 1;
  drawing += 1;
  const own = newest;
  let end = performance.now() + SLICE;
  const pause = async (): Promise<void> => {
    await rest();
    end = performance.now() + SLICE;
    if (own !== newest) throw new Superseded();
  };
  try {
    return await draw({ due: () => performance.now() > end, pause });
  } catch (error) {
    if (error instanceof Superseded) return null;
    throw error;
  } finally {
    drawing -= 1;
  }
};

/** For work in the background: go on within the slice, or else when no picture is drawn. */
export const quiet = async (): Promise<void> => {
  if (!drawing && performance.now() < until) return;
  do await rest();
  while (drawing);
  until = performance.now() + SLICE;
};

/** For long work of the page's own thread: go on within the slice, or else when the reader has been answered. */
export const pace = async (): Promise<void> => {
  if (performance.now() < until) return;
  await rest();
  until = performance.now() + PAGE_SLICE;
};
