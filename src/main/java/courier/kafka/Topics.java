package courier.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics that are missing. Who may not make any does with those that somebody else has
 * made, and need not even see those that it has no use for.
 */
public final class Topics {
  private static final String LARGEST = "67108864";

  private static final Map<String, String> FOR_GOOD =
      Map.of("retention.ms", "-1", "max.message.bytes", LARGEST);

  private static final Map<String, String> FOR_AN_HOUR =
      Map.of("retention.ms", "3600000", "segment.bytes", LARGEST, "max.message.bytes", LARGEST);

  private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

  private final Kafka kafka;
  private final int partitions;
  private final short replication;

  /**
   * @param replication -1 is what the brokers have for a default
   */
  public Topics(Kafka kafka, int partitions, short replication) {
    this.kafka = kafka;
    this.partitions = partitions;
    this.replication = replication;
  }

  /**
   * Dead letters stay for as long as nobody deletes them. What was stored is needed for no longer
   * than it takes to push it.
   *
   * @param needed those of them that there have to be
   * @throws ExecutionException when Kafka does not make one, or has gone away
   */
  public void make(String messages, String deadLetters, String stored, Set<String> needed)
      throws ExecutionException, InterruptedException {
    int made = make(messages, partitions, Map.of(), needed);
    make(deadLetters, partitions, FOR_GOOD, needed);
    make(stored, made, FOR_AN_HOUR, needed);
  }

  /**
   * Makes one of which the last record of each key stays.
   *
   * @throws ExecutionException when Kafka does not make it, or has gone away
   */
  public void makeCompacted(String name) throws ExecutionException, InterruptedException {
    make(name, 1, COMPACTED, Set.of(name));
  }

  /**
   * Makes one with Kafka's own settings, if it is missing.
   *
   * @return whether it was
   * @throws ExecutionException when Kafka does not make it, or has gone away
   */
  public boolean make(String name) throws ExecutionException, InterruptedException {
    boolean missing = known(name).isEmpty();
    if (missing) {
      create(name, partitions, Map.of(), Set.of(name));
    }
    return missing;
  }

  /** Returns how many partitions it has. */
  private int make(String name, int partitions, Map<String, String> settings, Set<String> needed)
      throws ExecutionException, InterruptedException {
    Optional<Integer> known = known(name);
    if (known.isEmpty()) {
      create(name, partitions, settings, needed);
    }
    return known.orElse(partitions);
  }

  /** How many partitions it has, as far as one may know; empty if it is not there. */
  private Optional<Integer> known(String name) throws ExecutionException, InterruptedException {
    try {
      return Optional.of(kafka.describe(name).partitions().size());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicAuthorizationException) {
        return Optional.of(partitions); // whether it is there is not said
      }
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void create(String name, int partitions, Map<String, String> settings, Set<String> needed)
      throws ExecutionException, InterruptedException {
    NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.of(replication));
    try {
      kafka.admin().createTopics(List.of(topic.configs(new HashMap<>(settings)))).all().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicAuthorizationException && needed.contains(name)) {
        throw new ExecutionException(
            new TopicAuthorizationException(
                "it does not exist, make it or allow CREATE", Set.of(name)));
      }
      if (!(e.getCause() instanceof TopicExistsException
          || e.getCause() instanceof TopicAuthorizationException)) {
        throw e;
      }
    }
  }
}
