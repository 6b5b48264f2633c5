package courier.doctor;

import static courier.doctor.Finding.Severity.BREAKS;

import courier.kafka.ClusterView;
import courier.kafka.ClusterView.Topic;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthorizationException;

/** Looks at each topic by itself, if Kafka lets it. */
record TopicLook(Patient patient, ClusterView cluster, TopicChecks checks, boolean forDevelopment) {
  private static final String OFFSETS = "__consumer_offsets";

  /** Empty when there is none, or nobody may see it; that is said. */
  Optional<Topic> at(String property, Findings findings) throws InterruptedException {
    String name = patient.settings().get(property);
    Optional<Topic> topic;
    try {
      topic = cluster.topic(name);
    } catch (AuthorizationException e) {
      findings.unseen(
          "kafka-topic-unseen",
          "Kafka does not tell how the topic %s is made".formatted(name),
          "Its ACLs do not let Courier's user Describe and DescribeConfigs it; have the doctor look as another user, or allow that.",
          patient.kafkaLine(
              "kafka-acls",
              "--add --allow-principal User:%s --operation Describe --operation DescribeConfigs --topic %s"
                  .formatted(patient.user(), name)));
      return Optional.empty();
    }
    if (topic.isEmpty()) {
      findings.add(
          BREAKS,
          "kafka-topic-missing",
          "There is no topic " + name,
          "Courier makes it at its start if it may, with as many replicas as kafka.topics.replication says.",
          patient.kafkaLine(
              "kafka-topics",
              "--create --topic %s --partitions %d --replication-factor 3 --config min.insync.replicas=2"
                  .formatted(name, patient.kafkaSettings().partitions())));
    }
    topic.ifPresent(
        there -> {
          if (!forDevelopment) {
            checks.copies(there, findings);
          }
          checks.ways(there, findings);
        });
    return topic;
  }

  /** Who may not see that topic need not. */
  void atOffsets(Findings findings) throws InterruptedException {
    if (forDevelopment) {
      return;
    }
    try {
      cluster
          .topic(OFFSETS)
          .filter(topic -> topic.replicas() < 2)
          .ifPresent(topic -> checks.copies(topic, findings));
    } catch (AuthorizationException e) {
      // as nobody told it to
    }
  }
}
