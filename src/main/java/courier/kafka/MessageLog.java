package courier.kafka;

import courier.feed.log.EventLog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** A topic as the log of what a group has stored: a position is what the group has committed. */
public final class MessageLog implements EventLog {
  private final Kafka kafka;
  private final String topic;
  private final String group;

  public MessageLog(Kafka kafka, String topic, String group) {
    this.kafka = kafka;
    this.topic = topic;
    this.group = group;
  }

  /** A topic that was deleted and made again is another one, with offsets from 0. */
  @Override
  public String id() throws ExecutionException, InterruptedException {
    return kafka.topicId(topic).get().toString();
  }

  @Override
  public Map<Integer, Long> positions() throws ExecutionException, InterruptedException {
    Map<Integer, Long> positions = new HashMap<>();
    kafka
        .positions(group)
        .forEach(
            (partition, position) -> {
              if (partition.topic().equals(topic)) {
                positions.put(partition.partition(), position.offset());
              }
            });
    return positions;
  }

  @Override
  public Map<Integer, Long> ends() throws ExecutionException, InterruptedException {
    Map<Integer, Long> ends = new HashMap<>();
    kafka.ends(topic).forEach((partition, end) -> ends.put(partition.partition(), end));
    return ends;
  }
}
