/* The button that closes a part of the page. */
import { signButton } from "../dom.ts";
import { t } from "../payload/text.ts";

export const closeButton = (click: () => void): HTMLElement =>
  signButton("close", { class: "icon", "aria-label": t("ui.close"), click });
