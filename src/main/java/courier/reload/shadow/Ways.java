package courier.reload.shadow;

import courier.http.Refusal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways of records through route files. */
final class Ways {
  private static final Pattern DIRECT = Pattern.compile("direct:[\\w-]+");

  private Ways() {}

  /**
   * The first topic whose records come to a file.
   *
   * @param texts of all files
   * @throws Refusal 409 if there is none
   */
  static String topic(ShadowService service, Map<Path, String> texts, Path file) {
    Map<String, Path> files = service.files();
    return service.topics().stream()
        .filter(topic -> reached(files.get("kafka:" + topic), files, texts).contains(file))
        .findFirst()
        .orElseThrow(
            () -> new Refusal(409, "No record of a topic comes to the routes of this file."));
  }

  /** By what a file calls. */
  private static Set<Path> reached(Path first, Map<String, Path> files, Map<Path, String> texts) {
    Set<Path> reached = new HashSet<>();
    Deque<Path> next = new ArrayDeque<>();
    if (first != null) {
      next.add(first);
    }
    while (!next.isEmpty()) {
      Path file = next.remove();
      if (reached.add(file)) {
        Matcher calls = DIRECT.matcher(texts.getOrDefault(file, ""));
        while (calls.find()) {
          if (files.containsKey(calls.group())) {
            next.add(files.get(calls.group()));
          }
        }
      }
    }
    return reached;
  }
}
