package courier.kafka;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The properties of Kafka's clients: which there are, and which are not for everybody to set. */
public final class ClientNames {
  /** Of who reads secrets from files; each has properties of its own. */
  static final String PROVIDERS = "config.providers.";

  private static final Map<String, String> COURIERS =
      Stream.of(
              because("kafka.brokers says that", "bootstrap.servers", "bootstrap.controllers"),
              because("Courier tells its clients apart by it", "client.id"),
              because(
                  "who is in a group decides who gets a message, client-b.group is client B's",
                  "group.id",
                  "group.instance.id",
                  "group.protocol",
                  "group.remote.assignor",
                  "partition.assignment.strategy"),
              because(
                  "what was answered with 202 is with all replicas, once and in order",
                  "acks",
                  "enable.idempotence",
                  "max.in.flight.requests.per.connection",
                  "retries",
                  "transactional.id",
                  "transaction.timeout.ms",
                  "transaction.two.phase.commit.enable"),
              because(
                  "a conversation is in order as its key says its partition",
                  "partitioner.class",
                  "partitioner.ignore.keys"),
              because(
                  "an offset is committed once its message is stored",
                  "enable.auto.commit",
                  "auto.commit.interval.ms",
                  "auto.offset.reset"),
              because("only what is committed is read", "isolation.level"),
              because("topics are made at start", "allow.auto.create.topics"),
              because(
                  "Courier reads and writes bytes as they are",
                  "key.serializer",
                  "value.serializer",
                  "key.deserializer",
                  "value.deserializer"),
              because(
                  "each route says it for itself, as a parameter of its kafka: endpoint",
                  "batch.size",
                  "buffer.memory",
                  "default.api.timeout.ms",
                  "delivery.timeout.ms",
                  "heartbeat.interval.ms",
                  "interceptor.classes",
                  "linger.ms",
                  "max.block.ms",
                  "max.poll.interval.ms",
                  "max.poll.records",
                  "max.request.size",
                  "request.timeout.ms",
                  "session.timeout.ms"))
          .flatMap(reasons -> reasons.entrySet().stream())
          .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private ClientNames() {}

  private static Map<String, String> because(String reason, String... names) {
    return Stream.of(names).collect(toUnmodifiableMap(name -> name, name -> reason));
  }

  /** Those that somebody may set. */
  public static Set<String> settable() {
    Set<String> names = new TreeSet<>(ProducerConfig.configNames());
    names.addAll(ConsumerConfig.configNames());
    names.addAll(AdminClientConfig.configNames());
    names.removeAll(COURIERS.keySet());
    names.removeIf(name -> name.startsWith("internal."));
    return names;
  }

  public static boolean isSettable(String name) {
    return settable().contains(name) || name.startsWith(PROVIDERS);
  }

  /** Why a property is Courier's own business, if it is. */
  public static Optional<String> whyNot(String name) {
    return Optional.ofNullable(COURIERS.get(name));
  }
}
