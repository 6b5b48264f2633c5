package courier;

import static courier.kafka.SecuredKafka.right;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;

import courier.fixture.CourierProcess;
import courier.fixture.SentConversations;
import courier.kafka.BrokerProcesses;
import courier.kafka.Certificates;
import courier.kafka.SecuredKafka;
import courier.socketio.SocketioClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Courier at three brokers with SASL_SSL, SCRAM and ACLs, of which one after the other is lost. */
class BrokersIT {
  private static final String PASSWORD = "never-to-be-shown";
  private static final int BEFORE = 30;
  private static final int WITHOUT = 30;

  @TempDir private Path folder;
  private BrokerProcesses kafka;
  private CourierProcess courier;

  @BeforeEach
  void start() throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.issue("broker");
    kafka =
        new BrokerProcesses(folder, certificates.properties("broker"), Map.of("courier", PASSWORD));
    for (String topic : List.of("client-messages", "dead-letter-topic", "stored-messages")) {
      kafka.createTopic(topic, 3);
      kafka.allow(right("courier", READ, TOPIC, topic), right("courier", WRITE, TOPIC, topic));
    }
    kafka.allow(
        right("courier", READ, GROUP, "client-b"),
        right("courier", READ, GROUP, "client-b.dead-letters"));
    courier =
        new CourierProcess(folder)
            .with("KAFKA_BROKERS", kafka.brokers)
            .with("KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL")
            .with("KAFKA_CLIENT_SASL_MECHANISM", "SCRAM-SHA-512")
            .with("KAFKA_CLIENT_SASL_JAAS_CONFIG", SecuredKafka.login("courier", PASSWORD))
            .with("KAFKA_CLIENT_SSL_TRUSTSTORE_TYPE", "PEM")
            .with("KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION", certificates.authority());
    courier.startApart("mongodb", "client-a", "client-b");
  }

  @AfterEach
  void close() {
    if (courier != null) {
      courier.close();
    }
    kafka.close();
  }

  @Test
  void anyOneOfThemMayDieOrBeCutOffUnderLoad() throws Exception {
    try (SentConversations load = new SentConversations(courier, "sender");
        SocketioClient listener = courier.socketio()) {
      for (int broker = 1; broker <= 3; broker++) {
        load.awaitMore(BEFORE);
        kafka.kill(broker);
        load.awaitMore(WITHOUT);
        kafka.start(broker);
        kafka.awaitInSync();
      }
      kafka.moveLeaders();
      load.awaitMore(BEFORE);
      kafka.freeze(2);
      load.awaitMore(WITHOUT);
      kafka.thaw(2);
      kafka.awaitInSync();
      load.awaitMore(BEFORE);
      load.end();
      load.assertStoredOnceInOrder();
      load.assertPushedOnceInOrder(listener);
      load.assertNoneRefused();
    }
  }
}
