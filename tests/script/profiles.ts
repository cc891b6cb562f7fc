/* The profiles of routes, for the tests that hold them to Python. */
import { isOpen } from "../../src/corridors/web/script/network/card.ts";
import { readNetwork } from "../../src/corridors/web/script/network/network.ts";
import { profileOf } from "../../src/corridors/web/script/network/profile.ts";
import type { Options } from "../../src/corridors/web/script/network/request.ts";
import { findRoutes } from "../../src/corridors/web/script/network/routes.ts";

export const profiles = (from: string, to: string, options: Options) =>
  findRoutes(from, to, options).map((way) => profileOf(way, readNetwork().nodes, isOpen));
