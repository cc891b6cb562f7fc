/* Before anything else on a page of a reader's own data: the worker starts, and receives the stream that it decodes while
 * this thread reads the rest of the page. */
import { feed } from "./client.ts";

if (OWN) {
  const text = document.querySelector("#corridors-columns")?.textContent;
  if (text) await feed(text);
}
