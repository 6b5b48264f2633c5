package courier.erasure;

import courier.kafka.Place;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * Which dead letters are of messages from or to a person, as they are stored.
 *
 * @param ends those of then are meant, and no others
 */
record LettersOf(String person, Ends ends) {
  /** What has to be read of a document, be it a letter or a message. */
  static final Document PARTS = new Document();

  static {
    Stream.of(
            "topicId",
            "partition",
            "offset",
            "topic",
            "originalTopic",
            "originalPartition",
            "originalOffset",
            "sender",
            "key",
            "value",
            "edited",
            "history.value")
        .forEach(part -> PARTS.append(part, 1));
  }

  boolean has(Document letter) {
    return names(letter)
        && (ends.cover(place(letter, "topic", "partition", "offset"))
            || ends.cover(place(letter, "originalTopic", "originalPartition", "originalOffset")));
  }

  private boolean names(Document letter) {
    byte[] key = bytes(letter.get("key"));
    return person.equals(letter.get("sender"))
        || Stream.concat(
                Stream.of(letter.get("value"), letter.get("edited")),
                letter.getList("history", Document.class, List.of()).stream()
                    .map(entry -> entry.get("value")))
            .filter(Objects::nonNull)
            .anyMatch(value -> Named.by(null, bytes(value)).contains(person))
        || Named.by(key, null).contains(person);
  }

  private static byte[] bytes(Object stored) {
    return stored instanceof Binary binary ? binary.getData() : null;
  }

  private static Place place(Document letter, String topic, String partition, String offset) {
    return letter.get(topic) instanceof String name
            && letter.get(partition) instanceof Number in
            && letter.get(offset) instanceof Number at
        ? new Place(name, in.intValue(), at.longValue())
        : null;
  }
}
