/* What a file of a reader's own data says about itself: its title, what is shown of it, and its licences. */
import { creditWords } from "../panel/panel.ts";
import { data } from "../payload/data.ts";
import { pick } from "../payload/text.ts";
import { getState } from "../state/state.ts";

/** The shown layers with their licences, and the basemap's maker. */
export const licencesNow = (): string[] => {
  const { layers } = getState();
  const on = (data.map.groups ?? []).filter(({ classes }) => classes.some((id) => layers.includes(id)));
  return [
    ...on.map(({ title, licence }) => [pick(title), licence].filter(Boolean).join(": ")),
    creditWords(getState()),
  ];
};

export const aboutRows = () => ({
  generator: "corridors",
  title: data.map.title,
  sources: licencesNow(),
  state: getState(),
});
