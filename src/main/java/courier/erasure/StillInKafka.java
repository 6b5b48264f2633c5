package courier.erasure;

import courier.kafka.ClusterView;
import courier.kafka.Kafka;
import courier.mongodb.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;

/**
 * What Kafka still has of the time before an erasure. It takes no single record out: they go with
 * the retention of their topic, and until then are among what is here.
 */
final class StillInKafka {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Kafka kafka;
  private final ClusterView cluster;

  StillInKafka(Kafka kafka) {
    this.kafka = kafka;
    cluster = new ClusterView(kafka);
  }

  /** {@code [{topic, earliest, latest, keptFor}]}: of the records that may name the person. */
  List<Document> of(Document erasure) throws InterruptedException {
    List<Document> remains = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = kafka.reader(Map.of())) {
      for (Document topic : erasure.getList("ends", Document.class)) {
        String name = topic.getString("topic");
        Optional<ClusterView.Topic> now = cluster.topic(name);
        if (now.isPresent()
            && now.get().description().topicId().toString().equals(topic.get("id"))) {
          earliest(consumer, topic)
              .ifPresent(
                  earliest ->
                      remains.add(
                          new Document("topic", name)
                              .append("earliest", Rfc3339.format(earliest))
                              .append(
                                  "latest",
                                  Rfc3339.format(erasure.getDate("startedAt").toInstant()))
                              .append("keptFor", keptFor(now.get().settings()))));
        }
      }
    }
    return remains;
  }

  private static Optional<Instant> earliest(Consumer<byte[], byte[]> consumer, Document topic) {
    Map<TopicPartition, Long> ofThen = new HashMap<>();
    for (int i = 0; i < topic.getList("next", Object.class).size(); i++) {
      ofThen.put(new TopicPartition(topic.getString("topic"), i), 0L);
    }
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(ofThen.keySet(), PATIENCE);
    ofThen
        .keySet()
        .removeIf(partition -> begins.get(partition) >= Ends.next(topic, partition.partition()));
    return consumer.offsetsForTimes(ofThen, PATIENCE).values().stream()
        .filter(Objects::nonNull)
        .map(OffsetAndTimestamp::timestamp)
        .min(Long::compare)
        .map(Instant::ofEpochMilli);
  }

  private static String keptFor(Map<String, String> settings) {
    String millis = settings.getOrDefault("retention.ms", "-1");
    if (settings.getOrDefault("cleanup.policy", "").equals("compact") || millis.startsWith("-")) {
      return "for good";
    }
    return Duration.ofMillis(Long.parseLong(millis)).toString();
  }
}
