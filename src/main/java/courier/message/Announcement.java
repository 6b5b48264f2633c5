package courier.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is stored of a stretch of {@code client-messages}, as JSON {@code
 * {"topic","topicId","group","from":{"0":95},"next":{"0":101},"events":[[partition,offset,event],…]}}.
 * What is not among its events is for nobody of the group: ignored, dead-lettered or stored before.
 *
 * @param topicId which log it is, as a topic that is made again is another one
 * @param group who has stored it; others keep other messages
 * @param from for each partition the offset from which on nothing is left out
 * @param next for each partition the offset before which nothing is left out
 */
record Announcement(
    String topic,
    String topicId,
    String group,
    Map<Integer, Long> from,
    Map<Integer, Long> next,
    List<Event> events) {
  private static final int MOST_PARTITIONS = 10_000;
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  Announcement {
    Objects.requireNonNull(topicId, "topicId");
    from = new TreeMap<>(Map.copyOf(from));
    next = new TreeMap<>(Map.copyOf(next));
    events = new ArrayList<>(List.copyOf(events));
    from.forEach(Announcement::requirePlace);
    next.forEach(Announcement::requirePlace);
  }

  private static void requirePlace(int partition, long offset) {
    if (partition < 0 || partition >= MOST_PARTITIONS || offset < 0) {
      throw new IllegalArgumentException("no place: " + partition + "-" + offset);
    }
  }

  /** A stored message at its place, and what clients of {@code newMessage} get of it. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Event(int partition, long offset, Map<String, String> event) {
    Event {
      requirePlace(partition, offset);
      Objects.requireNonNull(event.get("to"), "to");
    }
  }

  /**
   * @throws IOException when it is none
   */
  static Announcement read(byte[] json) throws IOException {
    Announcement read = json == null ? null : JSON.readValue(json, Announcement.class);
    if (read == null) {
      throw new IOException("there is nothing in it");
    }
    return read;
  }

  byte[] write() throws JsonProcessingException {
    return JSON.writeValueAsBytes(this);
  }

  /** Whether nothing is left out between this and a later one. */
  boolean isFollowedBy(Announcement later) {
    return topicId.equals(later.topicId)
        && later.from.entrySet().stream()
            .allMatch(
                partition ->
                    partition.getValue() <= next.getOrDefault(partition.getKey(), Long.MAX_VALUE));
  }

  void append(Announcement later) {
    later.from.forEach(from::putIfAbsent);
    later.next.forEach((partition, offset) -> next.merge(partition, offset, Math::max));
    events.addAll(later.events);
  }
}
