/* The disputed borders of the basemap. */
import type { Dispute } from "../types/basemap.ts";
import { data } from "./data.ts";

export const disputes: Dispute[] = data.basemap.disputes ?? [];

/** The id of a disputed border as a selected thing. */
export const idOfDispute = ({ id }: Dispute): string => `borders/${id}`;

/** The disputed border of a state's selection. */
export const disputeOf = (selected: string | null | undefined): Dispute | undefined =>
  disputes.find((dispute) => idOfDispute(dispute) === selected);
