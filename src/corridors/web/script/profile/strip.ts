/* The strip of a profile: names, what it runs on, hours, countries, tracks and kilometres, at the width of its place. */

import { svg } from "../dom.ts";
import { shortName } from "../payload/folding.ts";
import { formatNumber, t } from "../payload/text.ts";
import type { Mark, Profile, Stretch } from "../types/profile.ts";
import { byClaim, inARow, placeNames, toldApart } from "./labels.ts";
import { countryParts, kmNumber, kmWords, type Part, partsBy, placeName, tenths, whereWords } from "./words.ts";

const SIZE = 11; // of the letters, in pixels
const [ROW, LINE, THICK] = [14, 33, 10]; // of the names; the top of the line, and its height
const BAR = 4;
const THINNEST = 3; // of the band of a country that has a name
const pen = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
const widthOf = (text: string): number => pen.measureText(text).width;

interface Field {
  profile: Profile;
  width: number;
  /** Pixels of a metre. */
  scale: number;
}

const word = (text: string, x: number, y: number, anchor = "middle", className?: string) =>
  svg("text", { x, y, "text-anchor": anchor, class: className }, text);

/** The class of what a stretch runs on: it gives the colour. */
export const wayClass = ({ mode, gauge }: Stretch): string => (mode === "rail" ? `rail g${gauge ?? 0}` : mode);

const isSolid = (mode: string): boolean => mode === "rail" || mode === "road";

const wayKey = (stretch: Stretch): string => `${wayClass(stretch)} ${stretch.status}`;

const bar = (field: Field, { from, to }: Part, top: number, height: number, className: string) =>
  svg("rect", {
    x: from * field.scale,
    y: top,
    width: Math.max(1, (to - from) * field.scale),
    height,
    class: className,
  });

const ways = (field: Field) => {
  const middle = LINE + THICK / 2;
  return partsBy(field.profile, wayKey).map((part) => {
    const [x1, x2] = [part.from, part.to].map((at) => at * field.scale);
    const { mode, status } = part.stretch;
    if (isSolid(mode)) return bar(field, part, LINE, THICK, `${wayClass(part.stretch)} ${status}`);
    return svg("line", { x1, x2, y1: middle, y2: middle, class: `way ${mode}` });
  });
};

/** A sample of what a stretch runs on. */
export const waySample = (stretch: Stretch) => {
  const box = isSolid(stretch.mode)
    ? svg("rect", { width: 16, height: 8, class: wayClass(stretch) })
    : svg("line", { x2: 16, y1: 4, y2: 4, class: `way ${stretch.mode}` });
  return svg("svg", { width: 16, height: 8, "aria-hidden": "true" }, box);
};

const names = ({ profile, width, scale }: Field) => {
  const marks = byClaim(profile.marks);
  const full = marks.map(placeName);
  const texts = toldApart(full, full.map(shortName));
  const wishes = marks.map(({ at }, nth): [number, number] => [at * scale, widthOf(texts[nth])]);
  return placeNames(wishes, width, 2, 4).flatMap((place, nth) => {
    if (!place) return [];
    const [[middle, row], x] = [place, marks[nth].at * scale];
    const y = LINE - 8 - row * ROW;
    const line = nth > 1 ? svg("line", { x1: x, x2: x, y1: y + 2, y2: LINE, class: "axis" }) : null;
    return [line, word(texts[nth], middle, y)];
  });
};

/** Marks of what takes time, in the places of their middle: those whose hours would cover each other are one. */
const waits = ({ profile, width, scale }: Field) => {
  const found: { at: number[]; hours: number; unknown: boolean; text: string; x: number }[] = [];
  for (const { at, hours, kind } of profile.marks) {
    if (kind === "place") continue;
    let now = { at: [at], hours: hours ?? 0, unknown: hours === null, text: "", x: 0 };
    for (;;) {
      const sum = now.hours || !now.unknown ? t("profile.hour", formatNumber(...tenths(now.hours))) : "";
      now.text = [sum, now.unknown && "?"].filter(Boolean).join(" + ");
      const half = widthOf(now.text) / 2;
      const middle = ((Math.min(...now.at) + Math.max(...now.at)) / 2) * scale;
      now.x = Math.max(half, Math.min(width - half, middle));
      const last = found.at(-1);
      if (!last || last.x + widthOf(last.text) / 2 + 4 <= now.x - half) break;
      found.pop();
      now = {
        ...now,
        at: [...last.at, ...now.at],
        hours: last.hours + now.hours,
        unknown: last.unknown || now.unknown,
      };
    }
    found.push(now);
  }
  return found.map(({ text, x }) => word(text, x, LINE + THICK + 13));
};

const half = (gauge: string | undefined, side: number) =>
  svg("path", { d: `M0-6A6 6 0 0 ${side} 0 6Z`, class: `rail g${gauge}` });

const sign = (field: Field, { at, kind, before, after }: Mark, foot: number) => {
  const x = at * field.scale;
  const cut = (y1: number, y2: number) => svg("line", { x1: x, x2: x, y1, y2, class: "border" });
  if (kind === "border") return svg("g", {}, cut(LINE - 3, LINE + THICK + 3), cut(foot - 16, foot));
  const place = { transform: `translate(${x} ${LINE + THICK / 2})`, class: kind };
  if (kind === "transfer") return svg("g", place, svg("circle", { r: 3.5 }));
  return svg("g", place, half(before, 0), half(after, 1), svg("circle", { r: 6, class: "rim" }));
};

/** The names of countries whose bands are too short for them, under the longest one of each, with lines to them. */
const under = (parts: Part[], { width, scale }: Field, top: number) => {
  const longest = new Map<string, Part>();
  for (const part of parts.sort((one, other) => one.to - one.from - (other.to - other.from)))
    if ((part.to - part.from) * scale >= THINNEST) longest.set(part.stretch.country, part);
  const led = [...longest.values()].sort((one, other) => one.from - other.from);
  const texts = led.map(({ stretch }) => whereWords(stretch));
  const wishes = led.map(({ from, to }, nth): [number, number, number] => [
    ((from + to) / 2) * scale,
    widthOf(texts[nth]),
    to - from,
  ]);
  return inARow(wishes, width, 6).flatMap((middle, nth) => {
    if (middle === null) return [];
    const line = svg("line", { x1: wishes[nth][0], x2: middle, y1: top, y2: top + 4, class: "axis" });
    return [line, word(texts[nth], middle, top + 14)];
  });
};

/** The bands of the countries, with their names. No name follows itself. */
const countries = (field: Field, top: number) => {
  const named = new Set<string>();
  let last = "";
  const parts = countryParts(field.profile);
  const bands = parts.flatMap((part, nth) => {
    const { country } = part.stretch;
    const text = whereWords(part.stretch);
    const band = country ? bar(field, part, top, 16, nth % 2 ? "land odd" : "land") : null;
    if (country === last || widthOf(text) + 4 > (part.to - part.from) * field.scale) return [band];
    if (country) named.add(country);
    last = country || last;
    const middle = ((part.from + part.to) / 2) * field.scale;
    return [band, word(text, middle, top + 12, "middle", country ? undefined : "quiet")];
  });
  const rest = parts.filter(({ stretch: { country } }) => country && !named.has(country));
  return { bands: bands.filter(Boolean), led: under(rest, field, top + 16) };
};

/** A row with a bar where it is so, a thin one where it is so in part, and dots where it is not known. */
const row = (field: Field, title: string, top: number, of: (stretch: Stretch) => string | undefined) => {
  const rail = (stretch: Stretch): string => (stretch.mode === "rail" ? (of(stretch) ?? "unknown") : "");
  const bars = partsBy(field.profile, rail).map((part) => {
    const value = rail(part.stretch);
    if (value === "yes" || value === "double") return bar(field, part, top, BAR, "bar");
    if (value.startsWith("partly")) return bar(field, part, top + BAR / 2 - 0.75, 1.5, "bar");
    const [x1, x2] = [part.from, part.to].map((at) => at * field.scale);
    const y = top + BAR / 2;
    return value === "unknown" ? svg("line", { x1, x2, y1: y, y2: y, class: "dots" }) : null;
  });
  const [y, x2] = [top + BAR, field.width];
  return [word(title, 0, top - 4, "start", "quiet"), svg("line", { x1: 0, x2, y1: y, y2: y, class: "axis" }), ...bars];
};

/** A round distance between ticks, at least so many pixels apart. */
const stepOf = (scale: number, apart: number): number => {
  const least = apart / scale;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? 10 * power;
};

const axis = ({ profile, width, scale }: Field, top: number) => {
  const whole = profile.stretches[profile.stretches.length - 1].end;
  const end = kmWords(whole);
  const step = stepOf(scale, 54);
  const ticks = Array.from({ length: Math.ceil(whole / step) }, (_, nth) => nth * step);
  const rule = svg("line", { x1: 0, x2: width, y1: top, y2: top, class: "axis" });
  const marks = [...ticks, whole].map((at) =>
    svg("line", { x1: at * scale, x2: at * scale, y1: top, y2: top + 4, class: "axis" }),
  );
  const free = width - widthOf(end) * 1.1 - 8;
  const told = ticks
    .map((at) => ({ text: kmNumber(at), x: at * scale }))
    .filter(({ text, x }) => x + widthOf(text) / 2 < free)
    .map(({ text, x }) => word(text, x, top + 15, x ? "middle" : "start", "quiet"));
  return [rule, ...marks, ...told, word(end, width, top + 15, "end", "total")];
};

/** The strip in a width. A position that the reader points at gets a line: `pointAt` moves it, or takes it away. */
export const drawStrip = (profile: Profile, width: number, spoken: string) => {
  pen.font = `${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  const field = { profile, width, scale: width / profile.stretches[profile.stretches.length - 1].end };
  const onRail = profile.stretches.some(({ mode }) => mode === "rail");
  const land = LINE + THICK + 19;
  const { bands, led } = countries(field, land);
  const below = land + (led.length ? 17 : 0);
  const rows = onRail
    ? [
        ...row(field, t("profile.double"), below + 36, ({ tracks }) => tracks),
        ...row(field, t("profile.electrified"), below + 58, ({ electrified }) => electrified),
      ]
    : [];
  const foot = below + (onRail ? 74 : 26);
  const pointer = svg("line", { y1: LINE - 6, y2: foot, class: "pointer", visibility: "hidden" });
  const told = word("", 0, SIZE, "middle", "told");
  const size = { viewBox: `0 0 ${width} ${foot + 19}`, width, height: foot + 19 };
  const node = svg(
    "svg",
    { class: "profile-strip", ...size, role: "img", "aria-label": spoken },
    ...[names(field), bands, led, ways(field), waits(field), rows, axis(field, foot)].flat(),
    profile.marks.filter(({ kind }) => kind !== "place").map((mark) => sign(field, mark, land + 16)),
    pointer,
    told,
  );
  const pointAt = (mark: Mark | null, text = ""): void => {
    const x = (mark?.at ?? 0) * field.scale;
    const wide = widthOf(text) / 2 + 2;
    pointer.setAttribute("transform", `translate(${x})`);
    node.classList.toggle("pointing", Boolean(mark));
    pointer.setAttribute("visibility", mark ? "visible" : "hidden");
    told.setAttribute("x", String(Math.max(wide, Math.min(width - wide, x))));
    told.textContent = text;
  };
  return { node, pointAt, metresAt: (x: number): number => x / field.scale };
};

/** The looks of the ways in a profile, each once, for its key. */
export const waysOf = (profile: Profile): Stretch[] => {
  const seen = new Map(profile.stretches.filter(({ mode }) => mode !== "transfer").map((one) => [wayClass(one), one]));
  return [...seen.values()];
};
