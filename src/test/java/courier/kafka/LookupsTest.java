package courier.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A partition that nobody leads, and a group that nobody coordinates. */
class LookupsTest {
  private static final String TOPIC = "gone";

  /** Of five seconds, or two: without a pause it is tens of thousands. */
  private static final long MOST = 3_000;

  @TempDir private Path folder;

  private static double asked(Kafka kafka) {
    return kafka.admin().metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("request-total"))
        .filter(metric -> metric.getKey().group().equals("admin-client-metrics"))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .sum();
  }

  @Test
  void areNotRepeatedWithoutAPause() throws Exception {
    try (KafkaCluster cluster = new KafkaCluster(folder)) {
      cluster.createTopicOn(2, TOPIC);
      cluster.createTopicOn(2, Topic.GROUP_METADATA_TOPIC_NAME);
      cluster.stop(2);
      String living = cluster.brokers.split(",")[0];
      // Who began to ask when it was there would go on asking it.
      try (Kafka kafka = new Kafka(living, ClientProperties.NONE)) {
        await().until(() -> new ClusterView(kafka).brokers().size() == 2 && isLeaderless(kafka));
      }
      try (Kafka kafka = new Kafka(living, ClientProperties.NONE)) {
        fewQuestionsEndInATimeout(kafka, () -> kafka.ends(TOPIC));
        fewQuestionsEndInATimeout(kafka, () -> kafka.positions("group"));
      }
    }
  }

  private static boolean isLeaderless(Kafka kafka) throws Exception {
    Node leader = kafka.describe(TOPIC).partitions().get(0).leader();
    return leader == null || leader.isEmpty();
  }

  private static void fewQuestionsEndInATimeout(Kafka kafka, Executable question) {
    double before = asked(kafka);
    ExecutionException failure = assertThrows(ExecutionException.class, question);
    assertInstanceOf(TimeoutException.class, failure.getCause());
    double questions = asked(kafka) - before;
    assertTrue(questions > 0 && questions < MOST, () -> questions + " questions");
  }
}
