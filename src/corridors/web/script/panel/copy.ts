/* A button that copies a text. */
import { el } from "../dom.ts";
import { t } from "../payload/text.ts";

export const copyButton = (text: () => string | Promise<string>): HTMLElement => {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await text());
      node.textContent = t("ui.copied");
    } catch {
      // A frame may not be allowed to write the clipboard. The text can still be selected.
    }
  };
  const node = el("button", { class: "link copy", "aria-live": "polite", click: copy }, t("ui.copy"));
  return node;
};
