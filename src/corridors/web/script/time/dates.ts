/* What is in operation on two dates, and the difference: features and kilometres by kind, by gauge and by country. */
import { aria, el, present } from "../dom.ts";
import { folded } from "../panel/folds.ts";
import { dates, draw } from "../panel/time.ts";
import { data } from "../payload/data.ts";
import { countryName, formatNumber, formatQuantity, hasMessage, pick, t } from "../payload/text.ts";
import { totalsOn } from "../state/totals_on.ts";
import { momentWords } from "../state/years.ts";

/** A row: a name, and a number on each date. */
type Row = [words: string, then: number, now: number, part?: boolean];

const kindWords = (kind: string): string =>
  hasMessage(`mode.${kind}`) ? t(`mode.${kind}`) : pick(data.map.groups?.find(({ layer }) => layer === kind)?.title);

const amount = (km: number): string => formatNumber(km, 1);

/** Rows of the kilometres by gauge or country, on both dates. */
const partRows = (parts: [string, number][][], name: (key: string) => string): Row[] => {
  const [before, after] = parts.map((part) => new Map(part));
  return [...new Set([...after.keys(), ...before.keys()])].map((key) => [
    name(key),
    before.get(key) ?? 0,
    after.get(key) ?? 0,
    true,
  ]);
};

const rowNode = ([words, then, now, part]: Row): HTMLElement => {
  const by = Math.round(10 * (now - then)) / 10;
  const sign = by > 0 ? "+" : "−";
  const numbers = [amount(then), amount(now), by ? sign + amount(Math.abs(by)) : "="];
  const cells = numbers.map((number) => el("td", { class: "figure" }, number));
  return el("tr", { class: part ? "part" : null }, el("th", { scope: "row" }, words), cells);
};

/** A table with a column for each date. */
const table = (heads: string[], rows: Row[]): HTMLElement => {
  const head = heads.map((words, nth) => el("th", { scope: "col", class: nth ? "figure" : null }, words));
  return el("table", { class: "most" }, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows.map(rowNode)));
};

/** The totals of both dates in the panel. They are there while two dates are compared. */
export const fillDates = (): void => {
  draw(["lang", "layers", "filters", "year", "against"], (state) => {
    dates.hidden = true;
    if (state.against === null) {
      dates.replaceChildren(); // nothing of it is printed
      return;
    }
    const [then, now] = [state.year, state.against].map(
      (moment) => new Map(totalsOn(state, moment).map((total) => [total.kind, total])),
    );
    const kinds = [...new Set([...now.keys(), ...then.keys()])].filter((kind) => (now.get(kind) ?? then.get(kind))?.km);
    const parts = (of: "gauge" | "country") => [then, now].map((totals) => totals.get("rail")?.[of] ?? []);
    const rows = kinds.flatMap((kind): Row[] => [
      [kindWords(kind), then.get(kind)?.km ?? 0, now.get(kind)?.km ?? 0],
      ...(kind === "rail" ? partRows(parts("gauge"), (gauge) => `${gauge}\u00a0${t("unit.mm")}`) : []),
    ]);
    const countries = partRows(parts("country"), countryName);
    const unsure = [state.year, state.against].flatMap((moment, nth) => {
      const km = [...[then, now][nth].values()].reduce((sum, { undated }) => sum + (undated?.km ?? 0), 0);
      const words = t("totals.undated", formatQuantity({ value: km, unit: "km", digits: 1 }));
      return km ? el("p", { class: "fine" }, `${momentWords(moment)}: ${words}`) : [];
    });
    const heads = ["", momentWords(state.year), momentWords(state.against), t("time.difference")];
    const title = t("time.lengths");
    dates.hidden = !rows.length;
    aria(dates, "label", title);
    dates.replaceChildren(
      ...present([
        el("h2", {}, title),
        table(heads, rows),
        ...unsure,
        countries.length > 0 && folded("dates:country", t("totals.country"), table(heads, countries)),
      ]),
    );
  });
};
