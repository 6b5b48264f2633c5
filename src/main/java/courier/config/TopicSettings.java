package courier.config;

import java.util.List;
import java.util.stream.Stream;

/** Which topics the desk of dead letters reads, and to which it may send again; comma-separated. */
final class TopicSettings {
  private static final String INDEXED = "topics.indexed";
  private static final String REPLAYED = "topics.replayed";

  private TopicSettings() {}

  /** The properties that routes have of these. */
  static void derive(Settings settings) {
    settings.set(
        INDEXED, all(settings.get("topics.dead-letters"), others(settings, "other-dead-letters")));
    List<String> replayTo = others(settings, "replay-to");
    List<String> internal =
        Stream.concat(
                Stream.of(settings.get("topics.stored")),
                Stream.of(settings.get(INDEXED).split(",")))
            .toList();
    for (String topic : replayTo) {
      if (topic.startsWith("__") || internal.contains(topic)) {
        throw new StartupException(
            "topics.replay-to has \"%s\": name topics that are for messages.".formatted(topic));
      }
    }
    settings.set(REPLAYED, all(settings.get("topics.messages"), replayTo));
  }

  private static List<String> others(Settings settings, String key) {
    return settings.isBlank("topics." + key)
        ? List.of()
        : List.of(settings.get("topics." + key).replaceAll("\\s", "").split(","));
  }

  private static String all(String first, List<String> others) {
    return String.join(",", Stream.concat(Stream.of(first), others.stream()).toList());
  }
}
