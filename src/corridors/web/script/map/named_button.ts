/* A button with a sign, and a name in the language of the page. */
import { aria, type Sign, signButton } from "../dom.ts";
import { t } from "../payload/text.ts";
import { follow } from "../state/state.ts";

/** The button; its name is the message of a key. */
export const namedButton = (sign: Sign, key: string, click: () => void): HTMLElement => {
  const node = signButton(sign, { class: "icon", click });
  follow(["lang"], () => {
    node.title = t(key);
    aria(node, "label", node.title);
  });
  return node;
};
