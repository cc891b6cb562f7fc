/* The controls on the map: language, theme, table, full screen; zoom, home, scale bar. */
import { aria, el, present } from "../dom.ts";
import { goHome } from "../map/home.ts";
import { namedButton } from "../map/named_button.ts";
import { roundLength } from "../map/scale.ts";
import { hasContent } from "../payload/columns.ts";
import { data } from "../payload/data.ts";
import { formatQuantity, languageName, t } from "../payload/text.ts";
import { follow, getState, propose } from "../state/state.ts";
import { buildMeasure } from "./measure.ts";
import { results } from "./results.ts";
import { buildTake } from "./take.ts";
import { buildYearButton } from "./time.ts";

const SCALE_PIXELS = 110; // at most

const languageSelect = (): HTMLElement => {
  const options = data.langs.map((code) => el("option", { value: code, lang: code }, languageName(code)));
  const select = el("select", { name: "language", change: () => propose({ lang: select.value }) }, options);
  follow(["lang"], (state) => {
    const own = t("ui.language");
    aria(select, "label", own.toLowerCase() === "language" ? "Language" : `Language / ${own}`);
    select.value = state.lang;
  });
  return select;
};

const fullScreen = (): void => {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  done?.catch(() => {
    // A frame may not be allowed to fill the screen. Then nothing happens, as the frame's owner has decided.
  });
};

const tableButton = (): HTMLElement => {
  const node = namedButton("table", "ui.table", () => propose({ table: !getState().table }));
  follow(["table"], (state) => aria(node, "expanded", state.table));
  return node;
};

const themeButton = (): HTMLElement => {
  const node = namedButton("theme", "ui.theme", () =>
    propose({ theme: getState().theme === "dark" ? "light" : "dark" }),
  );
  follow(["theme"], (state) => aria(node, "pressed", state.theme === "dark"));
  return node;
};

export const buildControls = (): HTMLElement =>
  el(
    "div",
    { class: "controls top", "data-blocks": true },
    languageSelect(),
    ATLAS ? buildYearButton() : null,
    results().buildComparisonButton?.(),
    hasContent ? tableButton() : null,
    hasContent ? buildTake() : null,
    themeButton(),
    document.fullscreenEnabled ? namedButton("full", "ui.full", fullScreen) : null,
  );

/** A round length, in words and as a bar, at the middle of the map. */
const scaleBar = (map: L.Map): HTMLElement => {
  const words = el("span", {});
  const bar = el("div", { class: "bar" });
  const measure = (): void => {
    const y = map.getSize().y / 2;
    const [left, right] = [0, SCALE_PIXELS].map((x) => map.containerPointToLatLng([x, y]));
    const metres = map.distance(left, right);
    if (!metres) return;
    const round = roundLength(metres);
    const quantity = round >= 1000 ? { value: round / 1000, unit: "km" } : { value: round, unit: "m" };
    words.textContent = formatQuantity({ ...quantity, digits: 0 });
    bar.style.width = `${Math.round((SCALE_PIXELS * round) / metres)}px`;
  };
  map.on("moveend zoomend resize", measure);
  follow(["lang"], measure);
  return el("div", { class: "scale", "data-blocks": true }, words, bar);
};

export const buildZoom = (map: L.Map): HTMLElement[] => {
  const scale = scaleBar(map);
  const plus = namedButton("plus", "ui.zoom.in", () => map.zoomIn(1));
  const minus = namedButton("minus", "ui.zoom.out", () => map.zoomOut(1));
  const home = namedButton("home", "ui.home", goHome);
  const [measure, measured] = ATLAS ? buildMeasure() : [];
  const column = el("div", { class: "controls zoom", "data-blocks": true }, plus, minus, home, measure);
  return present([column, measured, scale]);
};
