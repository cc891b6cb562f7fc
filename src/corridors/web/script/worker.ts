/* The worker of a page of a reader's own data: answers each request by the function of its kind. */
import { inflate } from "./columns/inflate.ts";
import { openStore, type Store } from "./columns/store.ts";
import type { Answer, Ask, Kind, Question, Reply } from "./types/columns.ts";

type Work<K extends Kind> = (store: Store, ask: Ask<K>) => Answer<K> | Promise<Answer<K>>;

/** The functions that answer, by kind of request. */
const WORKS: { [K in Exclude<Kind, "open">]?: Work<K> } = {};

let store: Promise<Store>;

const open = async ({ pieces, layers }: Ask<"open">): Promise<Answer<"open">> => {
  const begun = performance.now();
  store = inflate(pieces).then((stream) => openStore(stream, layers));
  const vertices = (await store).layers.reduce((sum, { shapes }) => sum + shapes.xy.length / 2, 0);
  return { vertices, ms: performance.now() - begun };
};

const answerTo = async ({ kind, ask }: Question): Promise<unknown> => {
  if (kind === "open") return open(ask as Ask<"open">);
  const work = WORKS[kind] as Work<typeof kind> | undefined;
  if (!work) throw new Error(`no answer to ${kind}`);
  return work(await store, ask as never);
};

const picturesIn = (answer: unknown): Transferable[] =>
  answer && typeof answer === "object" && "picture" in answer ? [answer.picture as ImageBitmap] : [];

self.onmessage = async ({ data: question }: MessageEvent<Question>) => {
  const reply: Reply = { id: question.id };
  try {
    reply.answer = await answerTo(question);
  } catch (error) {
    reply.failed = String(error);
  }
  self.postMessage(reply, { transfer: picturesIn(reply.answer) });
};
