package courier.deadletter;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.fixture.DeadLetter;
import courier.fixture.DeskClient;
import courier.fixture.End;
import courier.fixture.FreePort;
import courier.fixture.Records;
import courier.fixture.UnluckyStep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens in the middle of a redelivery neither loses nor doubles anything. */
class RedeliveryIT {
  private static final int BEHIND = 20;
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir static Path folder;
  private static CourierProcess courier;
  private static int tests;

  private String sender;

  @BeforeAll
  static void startServers() throws IOException {
    courier = new CourierProcess(folder).with("RETRY_ATTEMPTS", "2").with("RETRY_DELAY", "2000");
    UnluckyStep.addTo(folder);
    courier.start("kafka", "mongodb", "client-a");
  }

  @AfterAll
  static void close() {
    courier.close();
  }

  /** One that has tried nothing again yet. */
  @BeforeEach
  void startClientB() {
    sender = "sender-" + ++tests;
    courier.startApart("client-b");
  }

  @AfterEach
  void stopClientB() {
    CourierProcess.stop(courier.part("client-b"));
  }

  @ParameterizedTest
  @EnumSource
  void anInstanceCanEnd(End end) {
    sendUnluckyAndMoreBehindIt();
    awaitRedelivery("client-b");
    end.of(courier.part("client-b"));
    courier.startApart("client-b");
    assertAllHandledOnce();
  }

  @Test
  void anotherInstanceCanJoinAndTakePartitions() {
    sendUnluckyAndMoreBehindIt();
    awaitRedelivery("client-b");
    ProcessBuilder command = courier.command("client-b").redirectErrorStream(true);
    command.environment().putAll(FreePort.ofClientB());
    Path log = courier.log("another");
    Process another = courier.launch(command.redirectOutput(log.toFile()));
    CourierProcess.awaitReady(another, log);
    assertAllHandledOnce();
    CourierProcess.stop(another);
  }

  private void sendUnluckyAndMoreBehindIt() {
    send("unlucky", "unlucky");
    IntStream.range(0, BEHIND).forEach(i -> send("behind-" + i, String.valueOf(i)));
  }

  private void send(String id, String text) {
    String message =
        "{\"id\":\"%1$s-%2$s\",\"from\":\"%1$s\",\"to\":\"clientB\",\"message\":\"%3$s\"}";
    assertEquals(202, courier.send(message.formatted(sender, id, text)).statusCode());
  }

  private void awaitRedelivery(String part) {
    await()
        .atMost(SOON)
        .until(() -> CourierProcess.read(courier.log(part)).contains("On delivery attempt: 0"));
  }

  private void assertAllHandledOnce() {
    DeskClient desk = new DeskClient(courier);
    await()
        .atMost(SOON)
        .until(
            () ->
                stored(desk).size() == BEHIND
                    && desk.list("/dead-letters?sender=" + sender).size() == 1);
    assertEquals(
        IntStream.range(0, BEHIND).mapToObj(i -> String.valueOf(BEHIND - 1 - i)).toList(),
        stored(desk));
    List<DeadLetter> letters =
        Records.of(courier.brokers(), "dead-letter-topic").stream()
            .map(DeadLetter::new)
            .filter(letter -> letter.value().contains("\"" + sender + "\""))
            .toList();
    assertEquals(1, letters.size());
    assertTrue(letters.get(0).value().contains("unlucky"));
    assertEquals("3", letters.get(0).says("attempts"));
  }

  /** What is stored of this test's sender, newest first. */
  private List<String> stored(DeskClient desk) {
    return desk.list("/messages").findParents("_id").stream()
        .filter(message -> message.get("from").textValue().equals(sender))
        .map(message -> message.get("message").textValue())
        .toList();
  }
}
