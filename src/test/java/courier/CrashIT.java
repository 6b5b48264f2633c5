package courier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.fixture.CourierProcess;
import courier.fixture.SentConversations;
import courier.socketio.SocketioClient;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that ends in the middle of its work loses nothing, repeats nothing, mixes up nothing.
 */
class CrashIT {
  private static final int BEFORE = 60;
  private static final int AFTER = 30;

  @TempDir Path folder;
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
  void whatWasAcceptedSurvivesAStopAndAKillUnderLoad() {
    Process first = courier.start();
    try (SentConversations load = new SentConversations(courier, "sender")) {
      load.awaitMore(BEFORE);
      CourierProcess.stop(first);
      Process second = courier.start();
      load.awaitMore(BEFORE);
      CourierProcess.kill(second);
      courier.start();
      load.awaitMore(AFTER);
      load.end();
      load.assertStoredOnceInOrder();
      load.assertNoneRefused();
    }
  }

  @Test
  void whatWasAcceptedSurvivesAKillOfEachPartAndIsPushedOnceAfterwards() {
    courier.startApart("kafka", "mongodb", "client-a", "client-b");
    try (SentConversations load = new SentConversations(courier, "sender")) {
      for (String part : List.of("client-b", "mongodb", "kafka")) {
        load.awaitMore(BEFORE);
        CourierProcess.kill(courier.part(part));
        courier.startApart(part);
      }
      load.awaitMore(AFTER);
      load.end();
      load.assertStoredOnceInOrder();
      load.assertNoneRefused();
    }
    try (SocketioClient client = courier.socketio()) {
      List<String> sent = IntStream.range(0, 100).mapToObj(i -> "later-" + i).toList();
      sent.forEach(id -> assertEquals(202, send(id)));
      await().until(() -> pushed(client).contains(sent.get(sent.size() - 1)));
      assertEquals(sent, pushed(client));
    }
  }

  private int send(String id) {
    String message = "{\"id\":\"%s\",\"from\":\"late\",\"to\":\"clientB\",\"message\":\"?\"}";
    return courier.send(message.formatted(id)).statusCode();
  }

  private static List<String> pushed(SocketioClient client) {
    return client.received.stream().map(event -> ((JSONObject) event).optString("_id")).toList();
  }
}
