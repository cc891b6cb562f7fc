/* The totals of what is in operation on a date. */
import { INCLUDABLE } from "../network/asked.ts";
import type { Moment, State } from "../types/state.ts";
import { type Total, totalsOf } from "./measured.ts";
import { yearAt } from "./years.ts";

/** Totals by kind, whatever the filter of status wants. What is planned is in operation, if that is the date. */
export const totalsOn = (state: State, moment: Moment | null): Total[] => {
  const status = ["operational", ...(moment === "planned" ? INCLUDABLE : [])];
  return totalsOf({ ...state, year: yearAt(moment), filters: { ...state.filters, status } });
};
