/* The controls on the map: language, theme, table, full screen; zoom, home, scale bar. */
import { el, signButton } from "../dom.ts";
import { goHome } from "../map/home.ts";
import { buildComparisonButton } from "./compare.ts";
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";
import { formatQuantity, t } from "../payload/text.ts";
import { follow, getState, propose } from "../state/state.ts";

const languageSelect = () => {
  const select = el("select", { name: "language", change: () => propose({ lang: select.value }) },
    (data.langs || [data.lang]).map((code) => el("option", { value: code, lang: code }, data.messages[code]["language.name"])));
  follow(["lang"], (state) => {
    const own = t("ui.language");
    select.setAttribute("aria-label", own.toLowerCase() === "language" ? "Language" : `Language / ${own}`);
    select.value = state.lang;
  });
  return select;
};

const button = (sign, key, click) => {
  const node = signButton(sign, { class: "icon", click });
  follow(["lang"], () => {
    node.setAttribute("aria-label", t(key));
    node.title = t(key);
  });
  return node;
};

const fullScreen = () => {
  // A frame may not be allowed to fill the screen; then nothing happens, which is what the frame's owner asked for.
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  if (done) done.catch(() => {});
};

export const buildControls = () => {
  const table = button("table", "ui.table", () => propose({ table: !getState().table }));
  follow(["table"], (state) => table.setAttribute("aria-expanded", String(state.table)));
  const theme = button("theme", "ui.theme", () => propose({ theme: getState().theme === "dark" ? "light" : "dark" }));
  follow(["theme"], (state) => theme.setAttribute("aria-pressed", String(state.theme === "dark")));
  return el("div", { class: "controls top", "data-blocks": true }, languageSelect(),
    buildComparisonButton(), features.length ? table : null, theme, document.fullscreenEnabled ? button("full", "ui.full", fullScreen) : null);
};

/** The round length in km that fits a number of pixels at the middle of the map. */
const scaleLength = (map, most) => {
  const y = map.getSize().y / 2;
  const metres = map.distance(map.containerPointToLatLng([0, y]), map.containerPointToLatLng([most, y]));
  if (!metres) return null;
  const power = 10 ** Math.floor(Math.log10(metres));
  const round = [5, 2, 1].find((step) => step * power <= metres) * power;
  return { metres: round, pixels: Math.round((most * round) / metres) };
};

export const buildZoom = (map) => {
  const words = el("span", {});
  const bar = el("div", { class: "bar" });
  const scale = el("div", { class: "scale", "data-blocks": true }, words, bar);
  const measure = () => {
    const length = scaleLength(map, 110);
    if (!length) return;
    const km = length.metres >= 1000;
    words.textContent = formatQuantity({ value: km ? length.metres / 1000 : length.metres, unit: km ? "km" : "m", digits: 0 });
    bar.style.width = `${length.pixels}px`;
  };
  map.on("moveend zoomend resize", measure);
  follow(["lang"], measure);
  const plus = button("plus", "ui.zoom.in", () => map.zoomIn(1));
  const minus = button("minus", "ui.zoom.out", () => map.zoomOut(1));
  const home = button("home", "ui.home", () => goHome());
  return [el("div", { class: "controls zoom", "data-blocks": true }, plus, minus, home), scale];
};
