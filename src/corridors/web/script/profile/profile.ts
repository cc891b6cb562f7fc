/* The profile of a route: the strip, its key, and the table of its places.
 *
 * A bundle of its own, which the page has as text and runs when it is first needed. */

import { el } from "../dom.ts";
import { folded } from "../panel/folds.ts";
import { ready, spot } from "../panel/profile.ts";
import { sentences, t, unitWord } from "../payload/text.ts";
import type { Mark, Profile } from "../types/profile.ts";
import { drawStrip, waySample, waysOf } from "./strip.ts";
import {
  countryParts,
  hoursWords,
  kmNumber,
  kmWords,
  markWords,
  placeName,
  shortWords,
  wayWords,
  whereWords,
} from "./words.ts";

const spokenWords = (profile: Profile): string => {
  const parts = countryParts(profile).filter(({ stretch }) => stretch.mode !== "transfer");
  const said = parts.map(({ from, to, stretch }) =>
    t("profile.part", whereWords(stretch), kmNumber(from), kmNumber(to)),
  );
  return t("profile.alt", kmNumber(profile.stretches[profile.stretches.length - 1].end), said.join(t("list.and")));
};

const pointed = (mark: Mark): string => `${kmWords(mark.at)} · ${shortWords(mark)}`;

const key = (profile: Profile): HTMLElement =>
  el(
    "p",
    { class: "ways-key" },
    waysOf(profile).map((stretch) => el("span", {}, waySample(stretch), wayWords(stretch))),
  );

/** What the strip does not say by itself: the sum of the hours, and the meaning of thin bars and dots. */
const note = ({ marks, stretches }: Profile): HTMLElement | null => {
  const hours = marks.reduce((sum, mark) => sum + (mark.hours ?? 0), 0);
  const told = stretches
    .filter(({ mode }) => mode === "rail")
    .flatMap(({ tracks = "", electrified = "" }) => [tracks, electrified]);
  const said = [
    hours ? t("profile.waiting", hoursWords(hours)) : "",
    told.some((one) => one.startsWith("partly")) ? t("profile.thin") : "",
    told.includes("") ? t("profile.dots") : "",
  ].filter(Boolean);
  return said.length ? el("p", { class: "fine" }, sentences(said)) : null;
};

/** The table of all places and of what happens there, with kilometres from the start. */
const table = ({ marks }: Profile, point: (mark: Mark | null) => void): HTMLElement => {
  const row = (mark: Mark): HTMLElement => {
    const place = mark.kind === "place";
    const words = place ? placeName(mark) : markWords(mark);
    const show = (): void => point(mark);
    const leave = (): void => point(null);
    const pan = (): void => spot(mark, true);
    const button = el("button", { class: "link", click: pan, focus: show, blur: leave }, words);
    const head = el("th", { scope: "row", class: "figure" }, kmNumber(mark.at));
    return el("tr", { "data-mark": mark.kind, pointerenter: show, pointerleave: leave }, head, el("td", {}, button));
  };
  const title = t("profile.places", marks.filter(({ kind }) => kind === "place").length);
  const heads = [
    el("th", { scope: "col", class: "figure" }, unitWord("km")),
    el("th", { scope: "col" }, t("profile.place")),
  ];
  const rows = el(
    "table",
    { class: "stops", "aria-label": title },
    el("thead", {}, el("tr", {}, heads)),
    el("tbody", {}, marks.map(row)),
  );
  const node = folded("card:places", title, rows);
  node.className = "figures";
  return node;
};

const draw = (profile: Profile): HTMLElement => {
  let strip = drawStrip(profile, 1, "");
  const point = (mark: Mark | null): void => {
    strip.pointAt(mark, mark ? pointed(mark) : "");
    spot(mark);
  };
  const nearest = (event: PointerEvent | MouseEvent): Mark => {
    const at = strip.metresAt(event.clientX - strip.node.getBoundingClientRect().left);
    return profile.marks.reduce((best, mark) => (Math.abs(mark.at - at) < Math.abs(best.at - at) ? mark : best));
  };
  const place = el("div", {
    pointermove: (event: Event) => point(nearest(event as PointerEvent)),
    pointerleave: () => point(null),
    click: (event: Event) => spot(nearest(event as MouseEvent), true),
  });
  const fit = new ResizeObserver(([{ contentRect }]) => {
    const width = Math.floor(contentRect.width);
    if (!width || width === Number(strip.node.getAttribute("width"))) return;
    strip = drawStrip(profile, width, spokenWords(profile));
    place.replaceChildren(strip.node);
  });
  fit.observe(place);
  const title = el("figcaption", {}, t("profile.title"));
  return el("figure", { class: "profile" }, title, place, key(profile), note(profile), table(profile, point));
};

ready(draw);
