/* Send a thousand messages at random to the frame, with a request for the state after each. The result: those that were
 * not answered once, or were refused and changed the state; and how many were answered in which way. */
async (seed) => {
  let now = seed;
  const dice = (most) => {
    now = (now * 48271) % 2147483647;
    return now % most;
  };
  const pick = (values) => values[dice(values.length)];
  const cycle = {};
  cycle.year = cycle;
  const noText = { toString: 5, valueOf: 5 };
  const proto = JSON.parse('{"__proto__": {"year": 1990}, "constructor": 1}');
  const scalars = [null, undefined, Number.NaN, -1, 0, 2013, 1e308, 7n, true, "", "rail", "nl", "__proto__", "<img>", "2013"];
  const things = ["rail/cku-kashgar-makmal", "x".repeat(1e5), new Date(0), /x/, new Map([[1, 2]]), new Uint8Array(3)];
  const leaves = [...scalars, ...things, cycle, noText, proto, [], [[[]]], new Array(50)];
  const keys =
    "view layers filters lang year against split selected theme table compare route story rows scenario after lat lng zoom status country toString __proto__ length".split(
      " ",
    );
  const types = ["get", "set", "set", "set", "fit", "select", "subscribe", "ready", "toString", "__proto__", 5, null, noText];
  const value = (depth) => {
    const kind = dice(depth ? 4 : 2);
    if (kind < 2) return pick(leaves);
    if (kind === 2) return Array.from({ length: dice(4) }, () => value(depth - 1));
    return Object.fromEntries(Array.from({ length: dice(4) }, () => [pick(keys), value(depth - 1)]));
  };
  const frame = document.querySelector("iframe").contentWindow;
  const answers = new Map();
  const receive = ({ data }) => answers.set(data.id, [...(answers.get(data.id) ?? []), data]);
  addEventListener("message", receive);
  for (let nth = 0; nth < 1000; nth += 1) {
    const part = pick(["state", "bounds", "feature", "events"]);
    const corridors = dice(20) ? 1 : pick(leaves);
    frame.postMessage({ type: pick(types), state: value(3), [part]: value(3), corridors, id: `asked-${nth}` }, "*");
    frame.postMessage({ type: "get", corridors: 1, id: `after-${nth}` }, "*");
  }
  while (!answers.has("after-999")) await new Promise(requestAnimationFrame);
  removeEventListener("message", receive);
  let before = null;
  const wrong = [];
  const counts = { state: 0, error: 0 };
  for (let nth = 0; nth < 1000; nth += 1) {
    const [[asked, twice], [after]] = [answers.get(`asked-${nth}`) ?? [], answers.get(`after-${nth}`)];
    const state = JSON.stringify(after.state);
    if (!asked || twice) wrong.push([nth, "answers"]);
    else {
      counts[asked.type] += 1;
      if (asked.type === "error" && before !== null && state !== before) wrong.push([nth, asked.refused]);
    }
    before = state;
  }
  return [wrong, counts];
}
