/* The page's side of the worker: starts it and asks it. */
import { find } from "../dom.ts";
import { data } from "../payload/data.ts";
import { portionsOf } from "../payload/inflate.ts";
import type { Answer, Ask, Kind, Reply } from "../types/columns.ts";

let worker: Worker | null = null;
let last = 0;
const followers: ((answer: Answer<"view">) => void)[] = [];
const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();

const settle = ({ data: { id, answer, failed } }: MessageEvent<Reply>): void => {
  const asked = waiting.get(id);
  waiting.delete(id);
  if (failed === undefined) asked?.resolve(answer);
  else asked?.reject(new Error(failed));
};

/** A worker that a browser refuses, or that fails, answers nothing more. */
const fail = ({ message }: ErrorEvent): void => {
  for (const { reject } of waiting.values()) reject(new Error(message || "the worker did not start"));
  waiting.clear();
};

const start = (): Worker => {
  const script = new Blob([find("#corridors-worker").textContent], { type: "text/javascript" });
  const started = new Worker(URL.createObjectURL(script));
  started.onmessage = settle;
  started.onerror = fail;
  return started;
};

/** Register what is called whenever the worker shows other features. */
export const followShown = (follower: (answer: Answer<"view">) => void): void => {
  followers.push(follower);
};

const tell = (answer: Answer<"view">): void => {
  for (const follower of followers) follower(answer);
};

/** Ask the worker. */
export const ask = <K extends Kind>(kind: K, request: Ask<K>): Promise<Answer<K>> => {
  last += 1;
  const id = last;
  const answered = new Promise<Answer<K>>((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
    worker ??= start(); // if the browser has no workers, that is the answer
    worker.postMessage({ id, kind, ask: request });
  });
  if (kind === "view") answered.then((answer) => tell(answer as Answer<"view">));
  return answered;
};

const open = (): Promise<Answer<"open">> => {
  const portions = portionsOf(find("#corridors-columns").textContent);
  return ask("open", { portions, layers: data.columns ?? [], folding: data.folding });
};

let opened: Promise<Answer<"open">> | null = null;

/** Give the layers of the page to the worker, once. */
export const openColumns = (): Promise<Answer<"open">> => {
  opened ??= open();
  return opened;
};
