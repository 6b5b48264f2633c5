package courier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import courier.fixture.CourierProcess;
import courier.fixture.Json;
import courier.socketio.SocketioClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each part runs in a process of its own, wherever the others are. */
class PartsIT {
  @TempDir Path folder;
  @TempDir Path elsewhere;
  private CourierProcess courier;

  @BeforeEach
  void configure() {
    courier = new CourierProcess(folder);
  }

  @AfterEach
  void close() {
    courier.close();
  }

  @Test
  void fourProcessesDoWhatOneDoes() {
    courier.startApart("kafka", "mongodb", "client-a", "client-b");
    deliver(courier, "clientB");
  }

  @Test
  void theServicesFindTheirServersByTheNamesOfTheSeed() {
    courier.startApart("kafka", "mongodb");
    try (CourierProcess services = new CourierProcess(elsewhere)) {
      services
          .without("KAFKA_BROKERS")
          .without("MONGODB_URI")
          .with("KAFKA_BROKER", courier.brokers())
          .with("MONGOURI", courier.variable("MONGODB_URI"))
          .with("CLIENT_ID", "clientX")
          .startApart("client-a", "client-b");
      deliver(services, "clientX");
    }
    assertFalse(Files.exists(elsewhere.resolve("data/kafka")));
    assertFalse(Files.exists(elsewhere.resolve("data/mongodb")));
  }

  private static void deliver(CourierProcess services, String to) {
    try (SocketioClient client = services.socketio()) {
      String message =
          "{\"id\":\"one\",\"from\":\"clientA\",\"to\":\"%s\",\"message\":\"Grüße 👋\"}";
      assertEquals(202, services.send(message.formatted(to)).statusCode());
      await().until(() -> !client.received.isEmpty());
      assertEquals("Grüße 👋", ((JSONObject) client.received.get(0)).optString("message"));
      assertEquals(
          "Grüße 👋",
          Json.of(services.get(services.clientB() + "/messages/one")).get("message").textValue());
    }
  }
}
