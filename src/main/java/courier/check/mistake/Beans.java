package courier.check.mistake;

import courier.check.source.Folder;
import courier.check.source.Step;
import courier.check.source.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The beans that the route files of a folder declare, and those that are there without. */
final class Beans {
  private final Folder folder;

  /** By name; empty if it is made in another way than by its constructor. */
  private final Map<String, String> types = new LinkedHashMap<>();

  Beans(Folder folder) {
    this.folder = folder;
    folder.steps().filter(step -> step.kind().equals("beans")).forEach(this::add);
  }

  private void add(Step beans) {
    for (Map.Entry<String, Text> each : beans.values().entrySet()) {
      if (each.getKey().matches("\\d+\\.name")) {
        String bean = each.getKey().replaceFirst("name$", "");
        boolean otherwise =
            List.of("factoryMethod", "factoryBean", "builderClass", "script").stream()
                .anyMatch(key -> beans.says(bean + key));
        String type = beans.value(bean + "type").replaceFirst("^#class:", "");
        types.put(each.getValue().value(), otherwise ? "" : type);
      }
    }
  }

  boolean has(String name) {
    String plain = name.replaceFirst("^#(bean:)?", "");
    return types.containsKey(plain) || folder.surroundings().hasBean(plain);
  }

  List<String> names() {
    return List.copyOf(types.keySet());
  }

  /** None if it is not known. */
  Optional<Class<?>> type(String name) {
    return Optional.ofNullable(types.get(name)).flatMap(Classes::find);
  }
}
