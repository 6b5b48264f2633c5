package courier.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaHealthCheckTest {
  @TempDir private Path folder;

  @Test
  void saysWhatIsWrongAndNotThatNobodyAnswers() throws Exception {
    try (SecuredKafka broker =
        new SecuredKafka(folder.resolve("kafka"), "SASL_PLAINTEXT", Map.of())) {
      broker.createUser("anna", "hidden");

      await().until(() -> check(broker, "hidden").getState() == State.UP);

      Result refused = check(broker, "wrong");
      assertEquals(State.DOWN, refused.getState());
      String said = refused.getMessage().orElseThrow();
      assertTrue(said.contains("the password"), said);
    }
  }

  private static Result check(SecuredKafka broker, String password) {
    Map<String, String> who =
        Map.of(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism", "SCRAM-SHA-512",
            "sasl.jaas.config", SecuredKafka.login("anna", password));
    try (Kafka kafka = new Kafka(broker.brokers, new ClientProperties(who))) {
      return new KafkaHealthCheck(kafka).call();
    }
  }
}
