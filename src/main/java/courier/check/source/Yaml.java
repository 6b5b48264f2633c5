package courier.check.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A part of a YAML document that knows its line; nothing is in one that has itself in it. */
public record Yaml(Node node) {
  /**
   * @return none of an empty text
   * @throws YamlEngineException when it is no YAML
   */
  static Optional<Yaml> read(String text) {
    return new Compose(LoadSettings.builder().build()).composeString(text).map(Yaml::new);
  }

  public int line() {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  public boolean isText() {
    return node instanceof ScalarNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Of a scalar, else empty. */
  public String text() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  public List<Yaml> items() {
    return node instanceof SequenceNode list && !node.isRecursive()
        ? list.getValue().stream().map(Yaml::new).toList()
        : List.of();
  }

  /** The keys and values of a mapping, as they are written. */
  public List<Map.Entry<Yaml, Yaml>> entries() {
    return node instanceof MappingNode map && !node.isRecursive()
        ? map.getValue().stream()
            .map(each -> Map.entry(new Yaml(each.getKeyNode()), new Yaml(each.getValueNode())))
            .toList()
        : List.of();
  }

  public Optional<Yaml> get(String key) {
    return entries().stream()
        .filter(entry -> entry.getKey().text().equals(key))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The line of a key, that of the whole if there is no such key. */
  public int lineOf(String key) {
    return entries().stream()
        .map(Map.Entry::getKey)
        .filter(each -> each.text().equals(key))
        .findFirst()
        .orElse(this)
        .line();
  }

  /** All scalars in it, each with the way to it: keys and indices, separated by dots. */
  void scalars(String path, BiConsumer<String, Text> found) {
    if (isText()) {
      found.accept(path, new Text(text(), line()));
      return;
    }
    int index = 0;
    for (Yaml item : items()) {
      item.scalars(under(path, String.valueOf(index++)), found);
    }
    entries().forEach(entry -> entry.getValue().scalars(under(path, entry.getKey().text()), found));
  }

  private static String under(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
