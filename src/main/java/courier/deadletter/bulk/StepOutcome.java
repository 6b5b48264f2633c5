package courier.deadletter.bulk;

import courier.kafka.Backlog;
import courier.kafka.Kafka;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether it is known what came of all that a bulk replay has sent: its messages are handled up to
 * where their topic was then, and what of them was dead-lettered by that is listed. It is of this
 * topic alone: what other programs make of their records nobody tells.
 */
final class StepOutcome implements StepByStep.Outcome {
  /** In routes/client-b/index-dead-letter.camel.yaml. */
  private static final String INDEXING = "client-b.dead-letters";

  /** Steps that are waited for here at once. */
  private static final int MOST = 100;

  /** Up to where a group has to read. */
  private static final class Reading {
    private final Kafka kafka;
    private final String topic;
    private final String group;
    private final Backlog backlog;

    Reading(Kafka kafka, String topic, String group) {
      this.kafka = kafka;
      this.topic = topic;
      this.group = group;
      backlog = new Backlog(kafka, topic, group);
    }

    Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
      return kafka.ends(topic);
    }

    boolean isUpTo(Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
      Map<TopicPartition, OffsetAndMetadata> read = kafka.positions(group);
      boolean isPast =
          ends.entrySet().stream()
              .allMatch(
                  end -> {
                    OffsetAndMetadata position = read.get(end.getKey());
                    return (position == null ? 0 : position.offset()) >= end.getValue();
                  });
      // The mark of a transaction at the end is passed by nobody.
      return isPast || backlog.records() == 0;
    }
  }

  /** Of one step: the ends to be read up to, each null before it is known. */
  private static final class Waiting {
    private Map<TopicPartition, Long> sent;
    private Map<TopicPartition, Long> parked;
  }

  private final Reading messages;
  private final Reading letters;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /**
   * @param topic of the messages
   * @param group of the consumer that handles them
   * @param deadLetters the topic of what it cannot handle
   */
  StepOutcome(Kafka kafka, String topic, String group, String deadLetters) {
    messages = new Reading(kafka, topic, group);
    letters = new Reading(kafka, deadLetters, INDEXING);
  }

  /**
   * Asked again and again, from when all of the step is sent on. An instance that goes on with a
   * replay of another one waits for a little more.
   */
  @Override
  public synchronized boolean isKnown(String replay, int step)
      throws ExecutionException, InterruptedException {
    String key = replay + " " + step;
    Waiting now = waiting.computeIfAbsent(key, each -> new Waiting());
    if (waiting.size() > MOST) {
      waiting.remove(waiting.keySet().iterator().next()); // of a replay that was stopped
    }
    if (now.sent == null) {
      now.sent = messages.ends();
    }
    if (now.parked == null && messages.isUpTo(now.sent)) {
      now.parked = letters.ends();
    }
    boolean known = now.parked != null && letters.isUpTo(now.parked);
    if (known) {
      waiting.remove(key);
    }
    return known;
  }
}
