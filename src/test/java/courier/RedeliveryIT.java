package courier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens in the middle of a redelivery neither loses nor doubles anything. */
class RedeliveryIT {
  private static final int BEHIND = 20;
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir Path folder;
  private CourierProcess courier;

  @BeforeEach
  void start() throws IOException {
    courier = new CourierProcess(folder).with("RETRY_ATTEMPTS", "2").with("RETRY_DELAY", "2000");
    UnluckyStep.addTo(folder);
    courier.startApart("kafka", "mongodb", "client-a", "client-b");
  }

  @AfterEach
  void close() {
    courier.close();
  }

  @ParameterizedTest
  @MethodSource("ends")
  void anInstanceCanEnd(Consumer<Process> end) {
    sendUnluckyAndMoreBehindIt();
    awaitRedelivery("client-b");
    end.accept(courier.part("client-b"));
    courier.startApart("client-b");
    assertAllHandledOnce();
  }

  static Stream<Named<Consumer<Process>>> ends() {
    return Stream.of(
        Named.of("SIGTERM", CourierProcess::stop), Named.of("SIGKILL", CourierProcess::kill));
  }

  @Test
  void anotherInstanceCanJoinAndTakePartitions() {
    sendUnluckyAndMoreBehindIt();
    awaitRedelivery("client-b");
    courier
        .with("CLIENT_B_HTTP_PORT", String.valueOf(FreePort.next()))
        .with("CLIENT_B_MANAGEMENT_PORT", String.valueOf(FreePort.next()))
        .with("CLIENT_B_SOCKETIO_PORT", String.valueOf(FreePort.next()));
    courier.start("client-b");
    assertAllHandledOnce();
  }

  private void sendUnluckyAndMoreBehindIt() {
    send("unlucky", "unlucky");
    IntStream.range(0, BEHIND).forEach(i -> send("behind-" + i, String.valueOf(i)));
  }

  private void send(String id, String text) {
    String message = "{\"id\":\"%s\",\"from\":\"x\",\"to\":\"clientB\",\"message\":\"%s\"}";
    assertEquals(202, courier.send(message.formatted(id, text)).statusCode());
  }

  private void awaitRedelivery(String part) {
    await()
        .atMost(SOON)
        .until(() -> CourierProcess.read(courier.log(part)).contains("On delivery attempt: 0"));
  }

  private void assertAllHandledOnce() {
    Desk desk = new Desk(courier);
    await()
        .atMost(SOON)
        .until(
            () ->
                desk.list("/messages").findValuesAsText("message").size() == BEHIND
                    && desk.list("/dead-letters").size() == 1);
    List<String> stored = desk.list("/messages").findValuesAsText("message");
    assertEquals(
        IntStream.range(0, BEHIND).mapToObj(i -> String.valueOf(BEHIND - 1 - i)).toList(), stored);
    var letters = Records.of(courier.brokers(), "dead-letter-topic");
    assertEquals(1, letters.size());
    assertTrue(new String(letters.get(0).value(), UTF_8).contains("unlucky"));
    assertEquals("3", new DeadLetter(letters.get(0)).says("attempts"));
  }
}
