/* The page's side of the worker: starts it and asks it. */
import { find } from "../dom.ts";
import { portionsOf } from "../payload/inflate.ts";
import type { Answer, Ask, Kind, Reply } from "../types/columns.ts";

const AT_ONCE = 8; // portions, which are copied within a few milliseconds

let worker: Worker | null = null;
let broken: Error | null = null;
let last = 0;
const followers: (() => void)[] = [];
const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();

const settle = ({ data: { id, answer, failed } }: MessageEvent<Reply>): void => {
  const asked = waiting.get(id);
  waiting.delete(id);
  if (failed === undefined) asked?.resolve(answer);
  else asked?.reject(new Error(failed));
};

/** A worker that a browser refuses, or that fails, answers nothing more. */
const fail = ({ message }: ErrorEvent): void => {
  broken = new Error(message || "the worker did not start");
  for (const { reject } of waiting.values()) reject(broken);
  waiting.clear();
};

const start = (): Worker => {
  const script = new Blob([find("#corridors-worker").textContent], { type: "text/javascript" });
  const started = new Worker(URL.createObjectURL(script));
  started.onmessage = settle;
  started.onerror = fail;
  return started;
};

/** Register what is called whenever the worker is told what to show: all that is asked from then on is about that. */
export const followShown = (follower: () => void): void => {
  followers.push(follower);
};

/** Ask the worker. */
export const ask = <K extends Kind>(kind: K, request: Ask<K>): Promise<Answer<K>> => {
  last += 1;
  const id = last;
  const answered = new Promise<Answer<K>>((resolve, reject) => {
    if (broken) throw broken;
    waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
    worker ??= start(); // if the browser has no workers, that is the answer
    worker.postMessage({ id, kind, ask: request });
  });
  if (kind === "view") for (const follower of followers) follower();
  return answered;
};

/** Give the worker a stream. The page stays responsive meanwhile. If that fails, so does what is asked later. */
export const feed = async (text: string): Promise<void> => {
  for (const [nth, portion] of portionsOf(text).entries()) {
    ask("feed", { portion }).catch(() => undefined);
    if (nth % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setTimeout(resolve));
  }
  ask("feed", { portion: null }).catch(() => undefined);
};
