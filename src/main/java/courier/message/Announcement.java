package courier.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import courier.kafka.RecordJson;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * What is stored of a stretch of a partition of {@code client-messages}, as JSON {@code
 * {"topic","topicId","group","partition":0,"from":95,"next":101,"events":[[offset,to,event],…]}}.
 * What is not among its events is for nobody of the group: ignored, dead-lettered or stored before.
 *
 * @param topicId which log it is, as a topic that is made again is another one
 * @param group who has stored it; others keep other messages
 * @param from the offset from which on nothing is left out
 * @param next the offset before which nothing is left out
 */
record Announcement(
    String topic,
    String topicId,
    String group,
    int partition,
    long from,
    long next,
    List<Event> events) {
  private static final int MOST_PARTITIONS = 10_000;

  Announcement {
    Objects.requireNonNull(topicId, "topicId");
    events = List.copyOf(events);
    if (partition < 0 || partition >= MOST_PARTITIONS || from < 0 || next < from) {
      throw new IllegalArgumentException("no stretch: %d-%d-%d".formatted(partition, from, next));
    }
  }

  /**
   * A stored message.
   *
   * @param to whose clients get it
   * @param json what they get of it; it stays as it is until it is theirs
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Event(long offset, String to, String json) {
    Event {
      Objects.requireNonNull(to, "to");
      if (offset < 0 || !json.startsWith("{")) {
        throw new IllegalArgumentException("no event: " + offset);
      }
    }
  }

  /**
   * @throws IOException when it is none
   */
  static Announcement read(byte[] json) throws IOException {
    Announcement read = json == null ? null : RecordJson.read(json, Announcement.class);
    if (read == null) {
      throw new IOException("there is nothing in it");
    }
    return read;
  }

  byte[] write() throws JsonProcessingException {
    return RecordJson.write(this);
  }
}
