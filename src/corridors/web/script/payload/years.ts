/* The years that an atlas can show, in whatever way one is asked for: by an address, a route, or a page around this one. */
import { data } from "./data.ts";

/** Whether something is one of them, as a number or as four digits. */
export const isYear = (asked: unknown): boolean =>
  /^\d{4}$/.test(String(asked)) && Number(asked) >= data.years[0] && Number(asked) <= data.years[1];
