package courier.doctor;

import static courier.doctor.Finding.Severity.BREAKS;
import static courier.doctor.Finding.Severity.DELAYS;
import static courier.doctor.Finding.Severity.LOSES;

import courier.kafka.ClusterView.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartitionInfo;

/** What is asked of each topic alike, as what was answered with 202 depends on it. */
record TopicChecks(Patient patient, List<Integer> brokers) {
  private static final int REPLICAS = 3;
  private static final int IN_SYNC = 2;

  /** What is by design of the one broker that is for development. */
  void copies(Topic topic, Findings findings) {
    String name = topic.name();
    if (topic.replicas() < REPLICAS) {
      findings.add(
          LOSES,
          "kafka-replication",
          "%s has %d replicas".formatted(name, topic.replicas()),
          "A broker that does not come back takes what it alone had with it.",
          brokers.size() < REPLICAS
              ? "kafka.brokers=broker1:9092,broker2:9092,broker3:9092"
              : patient.kafkaLine("kafka-reassign-partitions", assignment(topic)));
    }
    int inSync = Integer.parseInt(topic.settings().getOrDefault("min.insync.replicas", "1"));
    if (inSync < IN_SYNC) {
      findings.add(
          LOSES,
          "kafka-min-insync",
          "%s has min.insync.replicas=%d".formatted(name, inSync),
          "What one broker alone has is acknowledged, and gone with it.",
          set(name, "min.insync.replicas=2"));
    } else if (inSync >= topic.replicas()) {
      findings.add(
          BREAKS,
          "kafka-no-spare-replica",
          "%s has min.insync.replicas=%d of %d replicas".formatted(name, inSync, topic.replicas()),
          "One broker that is restarted stops all that is written.",
          inSync > IN_SYNC
              ? set(name, "min.insync.replicas=2")
              : patient.kafkaLine("kafka-reassign-partitions", assignment(topic)));
    }
  }

  void ways(Topic topic, Findings findings) {
    String name = topic.name();
    if (Boolean.parseBoolean(topic.settings().get("unclean.leader.election.enable"))) {
      findings.add(
          LOSES,
          "kafka-unclean-election",
          name + " may be led by a broker that has not all of it",
          "What that one lacks is lost for all.",
          set(name, "unclean.leader.election.enable=false"));
    }
    if (String.valueOf(topic.settings().get("cleanup.policy")).contains("compact")) {
      findings.add(
          LOSES,
          "kafka-compaction",
          name + " is compacted",
          "Of the records of one key, a whole conversation, only the last one stays.",
          set(name, "cleanup.policy=delete"));
    }
    List<Integer> behind =
        topic.description().partitions().stream()
            .filter(partition -> partition.isr().size() < partition.replicas().size())
            .map(TopicPartitionInfo::partition)
            .toList();
    if (!behind.isEmpty()) {
      findings.add(
          DELAYS,
          "kafka-under-replicated",
          "%s has partitions with a replica that is behind: %s".formatted(name, behind),
          "A broker is away or slow, and one more may stop what is written.",
          patient.kafkaLine("kafka-topics", "--describe --under-replicated-partitions"));
    }
  }

  /** Less than {@code least} is too short, and so are few bytes. */
  void keeps(Topic topic, Duration least, String id, String why, Findings findings) {
    long millis = Long.parseLong(topic.settings().getOrDefault("retention.ms", "-1"));
    long bytes = Long.parseLong(topic.settings().getOrDefault("retention.bytes", "-1"));
    if (millis >= 0 && millis < least.toMillis()) {
      findings.add(
          LOSES,
          id,
          "%s keeps a record for %s".formatted(topic.name(), words(Duration.ofMillis(millis))),
          why,
          set(topic.name(), "retention.ms=" + (isForGood(least) ? -1 : least.toMillis())));
    }
    if (bytes >= 0) {
      findings.add(
          LOSES,
          id + "-bytes",
          "%s keeps %d bytes of a partition".formatted(topic.name(), bytes),
          why,
          set(topic.name(), "retention.bytes=-1"));
    }
  }

  static boolean isForGood(Duration time) {
    return time.equals(Duration.ofMillis(Long.MAX_VALUE));
  }

  static String words(Duration time) {
    return time.toHours() >= 48
        ? time.toDays() + " days"
        : time.toMinutes() >= 120 ? time.toHours() + " hours" : time.toSeconds() + " s";
  }

  String set(String topic, String setting) {
    return patient.kafkaLine(
        "kafka-configs",
        "--alter --entity-type topics --entity-name %s --add-config %s".formatted(topic, setting));
  }

  /** Those that it has, and further ones in turn. */
  private String assignment(Topic topic) {
    String partitions =
        topic.description().partitions().stream()
            .map(
                p ->
                    "{\"topic\":\"%s\",\"partition\":%d,\"replicas\":%s}"
                        .formatted(topic.name(), p.partition(), replicas(p)))
            .collect(Collectors.joining(","));
    return "--execute --reassignment-json-file <(echo '{\"version\":1,\"partitions\":[%s]}')"
        .formatted(partitions);
  }

  private String replicas(TopicPartitionInfo partition) {
    List<Integer> all = new ArrayList<>();
    partition.replicas().forEach(node -> all.add(node.id()));
    for (int i = 0; all.size() < REPLICAS && i < brokers.size(); i++) {
      int next = brokers.get((partition.partition() + i) % brokers.size());
      if (!all.contains(next)) {
        all.add(next);
      }
    }
    return all.toString().replace(" ", "");
  }
}
