/* The producers of sources in one line of fine print, as figures have it (corridors.figures.citing). */
import { data } from "../payload/data.ts";
import { formatNumber, t } from "../payload/text.ts";

const MOST = 6;

/** The producers of sources, each id as often as it is used: each once with its year, the most often used first. */
export const producerLine = (ids: string[]): string => {
  const memory = t("source.known");
  const used = new Map<string, number>();
  for (const id of ids) {
    const { producer = "", date = "" } = data.sources[id] ?? {};
    const name =
      id === "general-knowledge" ? memory : `${producer.replace(/ \(mirror.*\)$/, "")} ${date.slice(0, 4)}`.trim();
    used.set(name, (used.get(name) ?? 0) + 1);
  }
  const times = (name: string): number => (name === memory ? 0 : Number(used.get(name)));
  const names = [...used.keys()].sort((one, other) => times(other) - times(one) || (one < other ? -1 : 1));
  const line = names.slice(0, MOST).join(t("list.semicolon"));
  return names.length > MOST ? t("list.more", line, formatNumber(names.length - MOST, 0)) : line;
};
