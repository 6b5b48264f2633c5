package courier.doctor;

import static courier.doctor.Finding.Severity.DELAYS;
import static courier.doctor.Finding.Severity.LOSES;

import courier.kafka.ClusterView;
import courier.kafka.ClusterView.Topic;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthorizationException;

/** Courier's topics and who reads them. */
final class KafkaChecks implements Check {
  private static final Duration FOR_GOOD = Duration.ofMillis(Long.MAX_VALUE);

  private final Patient patient;
  private final ClusterView cluster;
  private final boolean forDevelopment;

  KafkaChecks(Patient patient, ClusterView cluster, boolean forDevelopment) {
    this.patient = patient;
    this.cluster = cluster;
    this.forDevelopment = forDevelopment;
  }

  @Override
  public void look(Findings findings) throws InterruptedException {
    List<Integer> brokers =
        cluster.brokers().stream().map(Node::id).sorted(Comparator.naturalOrder()).toList();
    TopicChecks checks = new TopicChecks(patient, brokers);
    TopicLook look = new TopicLook(patient, cluster, checks, forDevelopment);
    Optional<Topic> messages = look.at("topics.messages", findings);
    Optional<Topic> deadLetters = look.at("topics.dead-letters", findings);
    Optional<Topic> stored = look.at("topics.stored", findings);
    look.atOffsets(findings);
    if (messages.isPresent()) {
      checks.keeps(
          messages.get(),
          Duration.ofMillis(patient.settings().millis("outage.planned")),
          "kafka-retention",
          "What nobody read until then is gone, and outage.planned is longer.",
          findings);
      members(messages.get(), findings);
    }
    if (deadLetters.isPresent()) {
      checks.keeps(
          deadLetters.get(),
          FOR_GOOD,
          "dead-letters-expire",
          "A dead letter is there until somebody has looked at it.",
          findings);
    }
    if (messages.isPresent() && deadLetters.isPresent()) {
      size(messages.get(), deadLetters.get(), checks, findings);
    }
    if (messages.isPresent() && stored.isPresent()) {
      partitions(messages.get(), stored.get(), findings);
    }
  }

  private void members(Topic messages, Findings findings) throws InterruptedException {
    int members;
    try {
      members = cluster.members(patient.settings().get("client-b.group"));
    } catch (AuthorizationException e) {
      return; // AccessChecks says so
    }
    if (members > messages.partitions()) {
      findings.add(
          DELAYS,
          "kafka-few-partitions",
          "%s has %d partitions for %d instances of client B"
              .formatted(messages.name(), messages.partitions(), members),
          "Who has no partition only pushes. More of them move conversations, so let what waits be read before.",
          alter(messages.name(), members));
    }
  }

  private void size(Topic messages, Topic deadLetters, TopicChecks checks, Findings findings) {
    long message = Long.parseLong(messages.settings().getOrDefault("max.message.bytes", "0"));
    long letter = Long.parseLong(deadLetters.settings().getOrDefault("max.message.bytes", "0"));
    if (letter < message) {
      findings.add(
          LOSES,
          "dead-letters-too-small",
          "%s takes records of %d bytes, %s of %d"
              .formatted(deadLetters.name(), letter, messages.name(), message),
          "A large message that cannot be handled is dead-lettered without its value.",
          checks.set(deadLetters.name(), "max.message.bytes=" + Math.max(message, 67_108_864)));
    }
  }

  private void partitions(Topic messages, Topic stored, Findings findings) {
    if (messages.partitions() != stored.partitions()) {
      boolean fewer = stored.partitions() < messages.partitions();
      findings.add(
          DELAYS,
          "kafka-unlike-partitions",
          "%s has %d partitions, %s %d"
              .formatted(
                  messages.name(), messages.partitions(), stored.name(), stored.partitions()),
          "What is stored of one partition is announced by one; where they are not as many, some wait for others.",
          fewer
              ? alter(stored.name(), messages.partitions())
              : patient.kafkaLine("kafka-topics", "--delete --topic " + stored.name()));
    }
  }

  private String alter(String topic, int partitions) {
    return patient.kafkaLine(
        "kafka-topics", "--alter --topic %s --partitions %d".formatted(topic, partitions));
  }
}
