package courier.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids of the topics that a consumer reads (KIP-516). A topic that is deleted and made again has
 * another one, and its offsets mean other records; the consumer itself reads on as if nothing were.
 */
public final class TopicIds {
  private static final Logger LOG = LoggerFactory.getLogger(TopicIds.class);

  /** Where nothing comes, or all goes on as expected; each look is two requests to Kafka. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Lookup lookup;
  private final Map<String, Uuid> known = new HashMap<>();
  private final Map<TopicPartition, Long> expected = new HashMap<>();
  private final Map<String, Future<Uuid>> asked = new HashMap<>();
  private long looked = System.nanoTime();

  public interface Lookup {
    Future<Uuid> idOf(String topic);
  }

  public TopicIds(Lookup lookup) {
    this.lookup = lookup;
  }

  /** Of a topic that records have come from. */
  public Uuid of(String topic) {
    return known.get(topic);
  }

  /**
   * Looks again where these records begin otherwise than the last ones ended, and now and then,
   * without having them wait.
   *
   * @return the topics that are not the ones they were
   */
  public Set<String> madeAgain(ConsumerRecords<Object, Object> records)
      throws ExecutionException, InterruptedException {
    Set<String> doubtful = new HashSet<>();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<Object, Object>> polled = records.records(partition);
      long first = polled.get(0).offset();
      long end = polled.get(polled.size() - 1).offset() + 1;
      Long before = expected.put(partition, end);
      if (first == 0 || before == null || before != first) {
        doubtful.add(partition.topic());
      }
    }
    Set<String> again = new HashSet<>();
    for (String topic : doubtful) {
      asked.remove(topic);
      if (isAnother(topic, lookup.idOf(topic).get())) {
        again.add(topic);
      }
    }
    if (asked.isEmpty() && System.nanoTime() - looked > LOOK_NANOS) {
      known.keySet().forEach(topic -> asked.put(topic, lookup.idOf(topic)));
      looked = System.nanoTime();
    } else if (asked.values().stream().allMatch(Future::isDone)) {
      again.addAll(answered());
    }
    expected.keySet().removeIf(partition -> again.contains(partition.topic()));
    return again;
  }

  private boolean isAnother(String topic, Uuid id) {
    Uuid before = known.put(topic, id);
    return before != null && !before.equals(id);
  }

  /** Who asks in vain here asks once more later. */
  private Set<String> answered() throws InterruptedException {
    Set<String> again = new HashSet<>();
    for (Map.Entry<String, Future<Uuid>> answer : asked.entrySet()) {
      try {
        if (isAnother(answer.getKey(), answer.getValue().get())) {
          again.add(answer.getKey());
        }
      } catch (ExecutionException e) {
        LOG.debug("Cannot look at {}", answer.getKey(), e);
      }
    }
    asked.clear();
    return again;
  }
}
