/* The worker of a page of a reader's own data: answers each request by the function of its kind. */
import { draw } from "./columns/draw.ts";
import { type Queries, queriesOf } from "./columns/queries.ts";
import { openStore, type Store } from "./columns/store.ts";
import { Inflater } from "./payload/inflate.ts";
import type { Answer, Ask, Kind, Question, Reply } from "./types/columns.ts";

type Work<K extends Kind> = (store: Store, ask: Ask<K>) => Answer<K> | Promise<Answer<K>>;

/** The functions that answer, by kind of request; all others are questions about rows. */
const WORKS: { [K in Exclude<Kind, "feed" | "open" | keyof Queries>]?: Work<K> } = { draw };

const stream = new Inflater();
let store: Promise<Store>;
let queries: Promise<Queries>;

const open = async ({ layers, folding }: Ask<"open">): Promise<Answer<"open">> => {
  const begun = performance.now();
  store = stream.said.arrayBuffer().then((bytes) => openStore(new Uint8Array(bytes), layers));
  queries = store.then((opened) => queriesOf(opened, folding));
  const vertices = (await store).layers.reduce((sum, { shapes }) => sum + shapes.xy.length / 2, 0);
  return { vertices, ms: performance.now() - begun };
};

const answerTo = async ({ kind, ask }: Question): Promise<unknown> => {
  if (kind === "feed") return stream.add((ask as Ask<"feed">).portion);
  if (kind === "open") return open(ask as Ask<"open">);
  const answers = await queries; // one after the other, in the order of the requests
  if (kind in WORKS) return (WORKS as Record<string, Work<Kind> | undefined>)[kind]?.(await store, ask as never);
  const answer = answers[kind as keyof Queries];
  if (!answer) throw new Error(`no answer to ${kind}`);
  return answer(ask as never);
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
