/* The key: a legend without controls of what is in view, for a map without its panel: in a frame, and on paper. */
import { el } from "../dom.ts";
import { classSwatch, lineSwatch, symbolSwatch } from "../look/symbols.ts";
import { inView } from "../map/features.ts";
import { relabel } from "../map/labels.ts";
import { isSmall, onPaper } from "../map/room.ts";
import { data } from "../payload/data.ts";
import { pick, t } from "../payload/text.ts";
import { embedded } from "../state/address.ts";
import { statusIn } from "../state/filter.ts";
import { follow, getState } from "../state/state.ts";

const { groups = [], patterns = [], filters = [] } = data.map || {};
const SAMPLES = { line: (look) => lineSwatch({ width: 2.6 }, "var(--text)", look), point: (look) => symbolSwatch({ symbol: "city", size: 11 }, "var(--text)", look) };
let box = null;
let open = null;

const geometryOf = (feature) => data.classes[feature.class].geometry;

// Areas that are neither tinted nor hatched are land.
const told = (id) => data.classes[id].geometry !== "area" || data.classes[id].style.fill || data.classes[id].style.hatch;

const row = (key, swatch, words) => el("li", { "data-key": key }, swatch, el("span", {}, words));

const rows = () => {
  const seen = inView();
  const drawn = new Set(seen.map((feature) => feature.class));
  const byGroup = groups.flatMap((group) => {
    const ids = group.classes.filter((id) => drawn.has(id));
    if (!ids.some(told)) return [];
    const entries = ids.map((id) => row(id, classSwatch(id), pick(data.classes[id].title)));
    return ids.length > 1 ? [el("li", { class: "of" }, pick(group.title)), ...entries] : entries;
  });
  const hollow = filters.some(({ property }) => property === "electrified");
  const status = (feature) => statusIn(feature, getState().year);
  const byPattern = patterns.filter(([name, value, geometry]) => (name !== "hollow" || hollow) && seen.some((feature) =>
    !feature.scenario && geometryOf(feature) === geometry && (name === "status" ? status(feature) : feature[name]) === value));
  return [...byGroup, ...byPattern.map(([name, value, geometry, words]) => row(`${name}=${value}`, SAMPLES[geometry]({ [name]: value }), t(words)))];
};

const fill = () => {
  const list = el("ul", { id: "key", hidden: !open && !onPaper() }, rows());
  const toggle = el("button", { type: "button", class: "fold", "aria-expanded": String(open), "aria-controls": "key", click: () => unfoldKey(!open) },
    el("span", { class: "arrow", "aria-hidden": "true" }), t("ui.legend"));
  const held = box.contains(document.activeElement);
  box.hidden = !list.children.length;
  box.setAttribute("aria-label", t("ui.legend"));
  box.classList.toggle("open", open);
  box.replaceChildren(toggle, list);
  if (held) toggle.focus({ preventScroll: true });
  document.documentElement.style.setProperty("--key", `${box.offsetHeight}px`);
};

/** Write the key anew for what is in view, lay the names around it, and give the height that it covers. */
export const fillKey = () => {
  if (!box) return 0;
  open ??= !isSmall();
  if (embedded || onPaper()) fill();
  else box.hidden = true;
  relabel();
  return box.offsetHeight;
};

export const unfoldKey = (wanted) => {
  open = wanted;
  fillKey();
};

/** The key, or null on a page that draws no classes; open where it leaves the map room. */
export const buildKey = () => {
  if (!groups.length) return null;
  box = el("section", { class: "key", "data-blocks": true, hidden: true });
  // Card and key are sheets in one place there.
  follow(["selected"], (state) => { if (state.selected && isSmall()) unfoldKey(false); });
  return box;
};

export const followKey = (map) => {
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    window.queueMicrotask(() => { waiting = false; fillKey(); });
  };
  if (!box || !embedded) return;
  map.on("moveend resize", later);
  follow(["lang", "layers", "filters", "year", "scenario"], later);
};
