/* The dialogue to take along what is shown: each form as a text or picture to copy, and as a file to keep.
 *
 * A bundle of its own, which the page has as text and runs when the reader first opens the dialogue. */

import { aria, el, present } from "../dom.ts";
import { framed } from "../map/room.ts";
import { closeButton } from "../panel/close.ts";
import { sourcesOf } from "../panel/sources.ts";
import { askRows, ready } from "../panel/take.ts";
import { data } from "../payload/data.ts";
import { features } from "../payload/features.ts";
import { pick, t } from "../payload/text.ts";
import { defaultLayers } from "../state/address.ts";
import { commandsOf } from "../state/condition.ts";
import { shownFeatures } from "../state/filter.ts";
import { hasOrigin } from "../state/row_condition.ts";
import { follow, getState } from "../state/state.ts";
import type { Words } from "../types/vocabulary.ts";
import { linkNow, pageNow } from "./link.ts";
import { aboutRows, licencesNow } from "./own.ts";
import { prepare, restore } from "./paper.ts";
import { canvasOf, pictureAddress, svgText } from "./picture.ts";
import { csvText, geojsonText, jsonText } from "./rows.ts";
import { sheetPart } from "./sheet.ts";

/** A form: what makes it, the ending and the type of its file. */
type Form = [make: () => string | Promise<string | HTMLCanvasElement>, suffix: string, type: string];

const SHOWN = 5000; // characters of a text that are shown; all are copied
const { cited, embed, frame, id } = data.map;
const shown = () => shownFeatures(getState());

/** Text of the payload with these addresses. */
const filled =
  (words: Words, plain = (text: string) => text) =>
  (): string =>
    pick(words)
      .replaceAll("{link}", () => plain(linkNow()))
      .replaceAll("{page}", () => plain(pageNow()));

const sourcesText = (): string => {
  if (askRows) return licencesNow().join("\n");
  const all = sourcesOf(shown()).map((name) => data.sources[name] ?? {});
  return all.map(({ title, producer, date, url }) => `${present([title, producer, date, url]).join(". ")}\n`).join("");
};

/** The edges of the map in the window, as far as figures are drawn, in degrees. */
const extentNow = (): string => {
  const { map } = (window as unknown as { corridors: { map: L.Map } }).corridors;
  const bounds = map.getBounds();
  const [west, south, east, north] = frame ?? [-180, -90, 180, 90];
  const least = [Math.max(west, bounds.getWest()), Math.max(south, bounds.getSouth())];
  const most = [Math.min(east, bounds.getEast()), Math.min(north, bounds.getNorth())];
  return [...least, ...most].map((degrees) => degrees.toFixed(2)).join();
};

/** The commands that draw the map and measure what is shown. */
const commandsNow = (): string => {
  const state = getState();
  const measured = commandsOf(state) ?? [t("totals.no_command")];
  if (askRows) return `${measured.join("\n")}\n`;
  const { lang, theme, year, layers } = state;
  const chosen = layers.join() === defaultLayers.join() ? "" : ` --layers ${layers.join()}`;
  const dated = year === null ? "" : ` --year ${year}`;
  const look = `--lang ${lang} --theme ${theme} --extent=${extentNow()}`;
  return `${[`corridors figure ${id} -o ${id}.svg ${look}${chosen}${dated}`, ...measured].join("\n")}\n`;
};

/** A form of the data: of features here, of a reader's own rows by the worker. */
const dataForm = (form: keyof typeof TEXTS, type: string): Form => [
  () => askRows?.("text", { form, about: aboutRows() }) ?? TEXTS[form](shown(), getState()),
  form,
  type,
];

const TEXTS = { csv: csvText, geojson: geojsonText, json: jsonText };
const TEXT = "text/plain";
const hasData = features.length > 0 || askRows;
/** Forms by group, each under its name or the message of it. */
const GROUPS: Record<string, Record<string, Form>> = {
  "take.data": hasData
    ? {
        CSV: dataForm("csv", "text/csv"),
        GeoJSON: dataForm("geojson", "application/geo+json"),
        JSON: dataForm("json", "application/json"),
      }
    : {},
  "take.map": {
    SVG: [() => svgText(linkNow()), "svg", "image/svg+xml"],
    PNG: [() => canvasOf(linkNow()), "png", "image/png"],
  },
  "take.words": {
    "take.link": [linkNow, "txt", TEXT],
    ...(embed ? { "take.embed": [filled(embed, (text) => text.replaceAll("&", "&amp;")), "html", "text/html"] } : {}),
    ...(cited
      ? {
          "take.citation": [filled(cited.text), "txt", TEXT],
          BibTeX: [filled(cited.bibtex), "bib", TEXT],
          RIS: [filled(cited.ris), "ris", TEXT],
        }
      : {}),
    ...(cited || hasOrigin ? { "take.commands": [commandsNow, "txt", TEXT] } : {}),
    ...(hasData ? { "take.sources": [sourcesText, "txt", TEXT] } : {}),
  },
};
const FORMS = Object.assign({}, ...Object.values(GROUPS)) as Record<string, Form>;

// A frame without an origin of its own may not be allowed to save files. From it, forms are copied.
const keeps = !framed || window.origin !== "null";
let chosen = Object.keys(FORMS)[0];
let address = ""; // of the file

/** Copy a text. The newer way is closed to frames. */
const copyText = (text: string): boolean => {
  const write = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", write);
  const done = document.execCommand("copy");
  document.removeEventListener("copy", write);
  return done;
};

/** The beginning of a text, or the whole picture. */
const preview = (made: string | HTMLCanvasElement, suffix: string): HTMLElement => {
  if (typeof made !== "string") return made;
  if (suffix === "svg") return el("img", { src: pictureAddress(made), alt: document.title });
  const box = el("textarea", { readonly: true, rows: 8, "aria-label": t(chosen), spellcheck: "false" });
  box.value = made.length > SHOWN ? `${made.slice(0, SHOWN)}…` : made;
  return box;
};

/** Make the chosen form, and show it with what can be done with it. */
const show = async (output: HTMLElement): Promise<void> => {
  const [form, [make, suffix, type]] = [chosen, FORMS[chosen]];
  const made = await make();
  const blob =
    typeof made === "string"
      ? new Blob([made], { type })
      : await new Promise<Blob | null>((done) => made.toBlob(done, type));
  if (form !== chosen || !blob) return; // the reader has chosen another one meanwhile
  window.URL.revokeObjectURL(address);
  address = window.URL.createObjectURL(blob);
  const status = el("span", { role: "status" });
  const copy = async () => {
    const pictured = () => navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
    const done =
      typeof made === "string"
        ? copyText(made)
        : await pictured().then(
            () => true,
            () => false,
          );
    status.textContent = t(done ? "take.copied" : "take.not_copied");
  };
  const download = `${id ?? "map"}.${suffix}`;
  const save = keeps ? el("a", { class: "button", href: address, download }, t("take.save", download)) : null;
  const button = el("button", { class: "button", click: copy }, t("take.copy"));
  output.replaceChildren(preview(made, suffix), el("p", { class: "deeds" }, save, button, status));
};

/** Fill the dialogue, in the language of the page. */
const fill = (): void => {
  const output = el("div", { class: "output" });
  const choose = (form: string) => () => {
    chosen = form;
    show(output);
  };
  const radio = (form: string) =>
    el(
      "label",
      {},
      el("input", { type: "radio", name: "form", value: form, checked: form === chosen, change: choose(form) }),
      t(form),
    );
  const groups = Object.entries(GROUPS).map(([name, forms]) =>
    Object.keys(forms).length ? el("fieldset", {}, el("legend", {}, t(name)), Object.keys(forms).map(radio)) : null,
  );
  const close = closeButton(() => dialog.close());
  aria(dialog, "label", t("take.title"));
  dialog.replaceChildren(
    ...present([
      el("h2", {}, t("take.title")),
      close,
      ...groups,
      output,
      ...(framed ? [] : sheetPart(() => dialog.close())),
    ]),
  );
  show(output);
};

const open = (): void => {
  fill();
  dialog.showModal();
};

// The page behind has keys of its own.
const dialog = el("dialog", {
  class: "take",
  keydown: (event) => event.stopPropagation(),
  close: () => {
    dialog.replaceChildren();
    window.URL.revokeObjectURL(address);
  },
});
document.body.append(dialog);
follow(["lang"], () => {
  if (dialog.open) fill();
});
ready({ open, prepare, restore });
