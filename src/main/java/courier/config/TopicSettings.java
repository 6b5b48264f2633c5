package courier.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.internals.Topic;

/**
 * The topics: each for one thing, and which of dead letters the desk reads, and to which it may
 * send again; comma-separated.
 */
final class TopicSettings {
  private static final String MESSAGES = "topics.messages";
  private static final String DEAD_LETTERS = "topics.dead-letters";
  private static final String OTHERS = "topics.other-dead-letters";
  private static final String REPLAY_TO = "topics.replay-to";

  private TopicSettings() {}

  /**
   * The properties that routes have of these.
   *
   * @throws StartupException when Kafka has no such topic, or one is for two things
   */
  static void derive(Settings settings) {
    Map<String, String> keys = new HashMap<>();
    for (String key : List.of(MESSAGES, DEAD_LETTERS, "topics.stored", "topics.revoked")) {
      claim(key, settings.get(key), keys);
    }
    List<String> others = list(settings, OTHERS);
    others.forEach(topic -> claim(OTHERS, topic, keys));
    List<String> replayTo = list(settings, REPLAY_TO);
    for (String topic : replayTo) {
      requireName(REPLAY_TO, topic);
      if (topic.startsWith("__") || !MESSAGES.equals(keys.getOrDefault(topic, MESSAGES))) {
        throw new StartupException(
            "%s has \"%s\": name topics that are for messages.".formatted(REPLAY_TO, topic));
      }
    }
    settings.set("topics.indexed", all(settings.get(DEAD_LETTERS), others));
    settings.set("topics.replayed", all(settings.get(MESSAGES), replayTo));
  }

  private static void claim(String key, String topic, Map<String, String> keys) {
    requireName(key, topic);
    keys.forEach(
        (other, known) -> {
          if (Topic.hasCollision(topic, other)) {
            throw new StartupException(
                "%s has \"%s\", and %s \"%s\": give each a topic of its own, that differs in more than . and _."
                    .formatted(key, topic, known, other));
          }
        });
    keys.put(topic, key);
  }

  private static void requireName(String key, String topic) {
    if (!Topic.isValid(topic)) {
      throw new StartupException(
          "%s has \"%s\": the name of a topic is letters, digits, ., _ and -, 249 of them at most."
              .formatted(key, topic));
    }
  }

  private static List<String> list(Settings settings, String key) {
    return settings.isBlank(key)
        ? List.of()
        : List.of(settings.get(key).replaceAll("\\s", "").split(","));
  }

  private static String all(String first, List<String> others) {
    return String.join(",", Stream.concat(Stream.of(first), others.stream()).toList());
  }
}
