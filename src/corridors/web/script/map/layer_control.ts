/* Leaflet's control of layers, by a private member of it. */

declare module "leaflet" {
  namespace Control {
    interface Layers {
      _addItem(entry: { name: string }): HTMLElement;
    }
  }
}

/** A control of layers. Leaflet adds their names as markup; here they are text. */
export const layerControl = (options: L.Control.LayersOptions): L.Control.Layers => {
  class LayerControl extends L.Control.Layers {
    override _addItem(entry: { name: string }): HTMLElement {
      const row = super._addItem({ ...entry, name: "" });
      const words = row.querySelector("span > span");
      if (words) words.textContent = ` ${entry.name}`;
      return row;
    }
  }
  return new LayerControl({}, {}, options);
};
