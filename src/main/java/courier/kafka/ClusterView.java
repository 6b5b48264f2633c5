package courier.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * How a cluster is made, for who judges it. What the ACLs do not let Courier see fails with Kafka's
 * own {@code AuthorizationException}.
 */
public final class ClusterView {
  private final Kafka kafka;

  public ClusterView(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * A topic as it is.
   *
   * @param settings all of them, those that nobody has set too
   */
  public record Topic(TopicDescription description, Map<String, String> settings) {
    public String name() {
      return description.name();
    }

    public int partitions() {
      return description.partitions().size();
    }

    /** Of the partition that has the fewest. */
    public int replicas() {
      return description.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0);
    }
  }

  /** A folder of a broker, in bytes. */
  public record Disk(int broker, String folder, long usable, long total) {}

  public Collection<Node> brokers() throws InterruptedException {
    return get(kafka.admin().describeCluster().nodes());
  }

  /** Unless there is none of this name. */
  public Optional<Topic> topic(String name) throws InterruptedException {
    try {
      return Optional.of(new Topic(get(kafka.description(name)), settings(name)));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  private Map<String, String> settings(String topic) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<String, String> settings = new HashMap<>();
    get(kafka.admin().describeConfigs(List.of(resource)).values().get(resource))
        .entries()
        .forEach(entry -> settings.put(entry.name(), entry.value()));
    return settings;
  }

  /** How many are in a group now. */
  public int members(String group) throws InterruptedException {
    try {
      return get(() -> kafka.group(group)).members().size();
    } catch (GroupIdNotFoundException e) {
      return 0;
    }
  }

  /** The clock of who leads the controllers, in milliseconds, if it tells. */
  public OptionalLong clock() throws InterruptedException {
    QuorumInfo quorum = get(kafka.admin().describeMetadataQuorum().quorumInfo());
    return quorum.voters().stream()
        .filter(voter -> voter.replicaId() == quorum.leaderId())
        .flatMapToLong(voter -> voter.lastFetchTimestamp().stream())
        .filter(millis -> millis > 0)
        .findFirst();
  }

  /** Of all brokers, those that tell. */
  public List<Disk> disks() throws InterruptedException {
    List<Integer> brokers = brokers().stream().map(Node::id).toList();
    List<Disk> disks = new ArrayList<>();
    for (var broker : get(kafka.admin().describeLogDirs(brokers).allDescriptions()).entrySet()) {
      for (Map.Entry<String, LogDirDescription> folder : broker.getValue().entrySet()) {
        LogDirDescription said = folder.getValue();
        if (said.usableBytes().isPresent() && said.totalBytes().isPresent()) {
          disks.add(
              new Disk(
                  broker.getKey(),
                  folder.getKey(),
                  said.usableBytes().getAsLong(),
                  said.totalBytes().getAsLong()));
        }
      }
    }
    return disks;
  }

  private static <T> T get(KafkaFuture<T> answer) throws InterruptedException {
    return get(answer::get);
  }

  /** What it fails of is thrown as it is. */
  private static <T> T get(Answer<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException failure) {
        throw failure;
      }
      throw new KafkaException(e.getCause());
    }
  }

  private interface Answer<T> {
    T get() throws ExecutionException, InterruptedException;
  }
}
