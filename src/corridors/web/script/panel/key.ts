/* The key: a legend of the visible features without controls, for a map without panel: in a frame, and in print. */
import { aria, el, present } from "../dom.ts";
import { classSwatch, patternSwatch } from "../look/symbols.ts";
import { inView } from "../map/features.ts";
import { relabel } from "../map/labels.ts";
import { isBelow, isSmall, LOW, onPaper } from "../map/room.ts";
import { columnClasses } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { pick, t } from "../payload/text.ts";
import { asksForStrip, embedded } from "../state/address.ts";
import { countsNow, followCounts } from "../state/counts.ts";
import { classIn } from "../state/filter.ts";
import { patternsOf } from "../state/patterns.ts";
import { follow, getState } from "../state/state.ts";
import type { Feature } from "../types/payload.ts";

const { groups = [] } = data.map;
let box: HTMLElement | null = null;
let open: boolean | null = null;

/** Whether the key has an entry for a class. Areas without colour and hatch are land and have none. */
const isTold = (id: string): boolean => {
  const { geometry, style } = data.classes[id];
  return geometry !== "area" || Boolean(style.fill || style.hatch);
};

const row = (key: string, swatch: Node, words: string): HTMLElement =>
  el("li", { "data-key": key }, swatch, el("span", { dir: "auto" }, words));

const groupRows = (drawn: Set<string>): HTMLElement[] =>
  groups.flatMap(({ by, classes, title, together }) => {
    const ids = classes.filter((id) => drawn.has(id)).slice(0, together ? 1 : undefined);
    if (!ids.some(isTold)) return [];
    const entries = ids.map((id) => row(id, classSwatch(id), pick(data.classes[id].title)));
    const of = present([pick(title), by]).join(": ");
    return ids.length > 1 || by ? [el("li", { class: "of", dir: "auto" }, of), ...entries] : entries;
  });

/** A row for each pattern that is drawn. */
const patternRows = (seen: Feature[]): HTMLElement[] =>
  patternsOf(seen).map(([name, value, geometry, words]) =>
    row(words, patternSwatch(geometry, { [name]: value }), t(words)),
  );

/** The classes of a reader's own data that are on and have rows. */
const ownClasses = (): string[] => {
  const [{ layers }, counts] = [getState(), countsNow()];
  return columnClasses.filter((id) => layers.includes(id) && counts?.classes.get(id) !== 0);
};

/** The rows of the key. */
export const keyRows = (): HTMLElement[] => {
  const seen = inView();
  return [
    ...groupRows(new Set([...seen.map((feature) => classIn(feature, getState().year)), ...ownClasses()])),
    ...patternRows(seen),
  ];
};

const fill = (node: HTMLElement): void => {
  const list = el("ul", { id: "key", hidden: !open && !onPaper() }, keyRows());
  const state = { "aria-expanded": String(open), "aria-controls": "key" };
  const toggle = el(
    "button",
    { class: "fold", ...state, click: () => unfoldKey(!open) },
    el("span", { class: "arrow", "aria-hidden": "true" }),
    t("ui.legend"),
  );
  const held = node.contains(document.activeElement);
  node.hidden = !list.children.length;
  aria(node, "label", t("ui.legend"));
  node.classList.toggle("open", Boolean(open));
  node.replaceChildren(toggle, list);
  if (held) toggle.focus({ preventScroll: true });
  document.documentElement.style.setProperty("--key", `${node.offsetHeight}px`);
};

/** Write the key again for the visible features, place the names around it, and return the height that it covers. */
export const fillKey = (): number => {
  if (!box) return 0;
  open ??= !(isSmall() || isBelow()); // each step of a story has its own
  if (embedded || onPaper()) fill(box);
  else box.hidden = true;
  relabel();
  return box.offsetHeight;
};

const unfoldKey = (wanted: boolean): void => {
  open = wanted;
  fillKey();
};

/** The key, or null on a page without classes; open if it leaves space for the map. */
export const buildKey = (): HTMLElement | null => {
  if (!groups.length) return null;
  box = el("section", { class: "key", "data-blocks": true, hidden: true });
  // Card and key are sheets in the same place in a small window; in a low one, key and strip of years would leave no map.
  follow(["selected", "strip", "against"], (state) => {
    const low = ATLAS && window.innerHeight < LOW && (state.strip ?? asksForStrip(state));
    if (low || (state.selected && isSmall())) unfoldKey(false);
  });
  return box;
};

/** In a frame: write the key again when other features come into view. */
export const followKey = (map: L.Map): void => {
  let waiting = false;
  const later = (): void => {
    if (waiting) return;
    waiting = true;
    window.queueMicrotask(() => {
      waiting = false;
      fillKey();
    });
  };
  if (!box || !embedded) return;
  map.on("moveend resize", later);
  follow(["lang"], later);
  followCounts(later);
};
