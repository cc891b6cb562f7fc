/* The dialogue to take along what is shown: each form as a text or picture to copy, and as a file to keep.
 *
 * A bundle of its own, which the page has as text and runs when the reader first opens the dialogue. */
import type { Words } from "../types/vocabulary.ts";
import {
  data,
  el,
  features,
  fragmentOf,
  framed,
  getState,
  pick,
  present,
  ready,
  shownFeatures,
  signButton,
  sourcesOf,
  t,
} from "./parts.ts";
import { csvText, geojsonText, jsonText } from "./rows.ts";

/** A form: what makes it, the ending and the type of its file. */
type Form = [make: () => string, suffix: string, type: string];

const SHOWN = 5000; // characters of a text that are shown; all are copied
const { cited, embed, id } = data.map;
const shown = () => shownFeatures(getState());

/** The address of the page; of a file, its name. */
const pageNow = (): string =>
  /^http/.test(window.location.href) ? window.location.href.split(/[?#]/)[0] : `${id}.html`;
/** The same with the state. */
const linkNow = (): string => pageNow() + fragmentOf(getState()).replace(/&embed$/, "");

/** Text of the payload with these addresses. */
const filled =
  (words: Words, plain = (text: string) => text) =>
  (): string =>
    pick(words)
      .replaceAll("{link}", () => plain(linkNow()))
      .replaceAll("{page}", () => plain(pageNow()));

const sourcesText = (): string => {
  const all = sourcesOf(shown()).map((name) => data.sources[name] ?? {});
  return all.map(({ title, producer, date, url }) => `${present([title, producer, date, url]).join(". ")}\n`).join("");
};

const TEXT = "text/plain";
/** Forms by group, each under its name or the message of it. */
const GROUPS: Record<string, Record<string, Form>> = {
  "take.data": features.length
    ? {
        CSV: [() => csvText(shown(), getState()), "csv", "text/csv"],
        GeoJSON: [() => geojsonText(shown(), getState()), "geojson", "application/geo+json"],
        JSON: [() => jsonText(shown(), getState()), "json", "application/json"],
      }
    : {},
  "take.words": {
    "take.link": [linkNow, "txt", TEXT],
    ...(cited && embed
      ? {
          "take.embed": [filled(embed, (text) => text.replaceAll("&", "&amp;")), "html", "text/html"],
          "take.citation": [filled(cited.text), "txt", TEXT],
          BibTeX: [filled(cited.bibtex), "bib", TEXT],
          RIS: [filled(cited.ris), "ris", TEXT],
        }
      : {}),
    ...(features.length ? { "take.sources": [sourcesText, "txt", TEXT] } : {}),
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

/** Make the chosen form, and show it with what can be done with it. */
const show = (): HTMLElement[] => {
  const [make, suffix, type] = FORMS[chosen];
  const text = make();
  window.URL.revokeObjectURL(address);
  address = window.URL.createObjectURL(new Blob([text], { type }));
  const status = el("span", { role: "status" });
  const copy = () => {
    status.textContent = t(copyText(text) ? "take.copied" : "take.not_copied");
  };
  const download = `${data.map.id}.${suffix}`;
  const preview = el("textarea", { readonly: true, rows: 8, "aria-label": t(chosen), spellcheck: "false" });
  preview.value = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  const save = keeps ? el("a", { class: "button", href: address, download }, t("take.save", download)) : null;
  const button = el("button", { type: "button", class: "button", click: copy }, t("take.copy"));
  return [preview, el("p", { class: "deeds" }, save, button, status)];
};

const open = (): void => {
  const output = el("div", { class: "output" }, show());
  const choose = (form: string) => () => {
    chosen = form;
    output.replaceChildren(...show());
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
  const close = signButton("close", { class: "icon", "aria-label": t("ui.close"), click: () => dialog.close() });
  dialog.setAttribute("aria-label", t("take.title"));
  dialog.replaceChildren(...present([el("h2", {}, t("take.title")), close, ...groups, output]));
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
ready(open);
