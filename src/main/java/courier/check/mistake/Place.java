package courier.check.mistake;

import com.networknt.schema.JsonNodePath;
import courier.check.source.Yaml;

/**
 * Where in a file something is.
 *
 * @param key the nearest one that leads there
 * @param line of that key
 */
record Place(Yaml node, String key, int line) {
  static Place of(Yaml document, JsonNodePath way) {
    Place place = new Place(document, "the file", document.line());
    for (int i = 0; i < way.getNameCount(); i++) {
      place = place.next(way.getElement(i));
    }
    return place;
  }

  private Place next(Object element) {
    if (element instanceof Integer index) {
      Yaml item = node.items().get(index);
      return new Place(item, key, item.line());
    }
    String name = element.toString();
    return new Place(node.get(name).orElse(node), name, node.lineOf(name));
  }
}
