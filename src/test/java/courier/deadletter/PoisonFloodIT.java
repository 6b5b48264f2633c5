package courier.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.fixture.CourierProcess;
import courier.fixture.DeskClient;
import courier.fixture.Records;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nine records of ten are poison. */
class PoisonFloodIT {
  private static final int RECORDS = 10_000;

  @TempDir Path folder;

  @Test
  void theGoodOnesAreStoredAndThePoisonIsDeadLetteredByteForByteEachOnce() {
    try (CourierProcess courier = new CourierProcess(folder)) {
      courier.start();
      List<String> values = IntStream.range(0, RECORDS).mapToObj(PoisonFloodIT::value).toList();
      send(courier.brokers(), values);

      DeskClient desk = new DeskClient(courier);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> desk.list("/messages").size() == RECORDS / 10);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> Records.of(courier.brokers(), "dead-letter-topic").size() == RECORDS / 10 * 9);
      List<String> dead =
          Records.of(courier.brokers(), "dead-letter-topic").stream()
              .map(letter -> new String(letter.value(), UTF_8))
              .toList();
      assertEquals(
          new TreeSet<>(values.stream().filter(value -> !isGood(value)).toList()),
          new TreeSet<>(dead));
      assertEquals(
          RECORDS / 10, new TreeSet<>(desk.list("/messages").findValuesAsText("_id")).size());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  desk.list("/dead-letter-groups").findValues("count").stream()
                          .mapToInt(count -> count.intValue())
                          .sum()
                      == RECORDS / 10 * 9);
    }
  }

  private static boolean isGood(String value) {
    return value.contains("\"message\"");
  }

  private static String value(int number) {
    String message = "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"%d\"}";
    return switch (number % 10) {
      case 0 -> message.formatted(number);
      case 1, 2, 3, 4 -> "{\"from\":\"x\",\"to\":\"clientB\",\"number\":%d}".formatted(number);
      default -> "no JSON " + number + " é \u0000";
    };
  }

  private static void send(String brokers, List<String> values) {
    Random random = new Random(1);
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", brokers), bytes, bytes)) {
      values.forEach(
          value ->
              producer.send(
                  new ProducerRecord<>(
                      "client-messages", random.nextInt(6), null, value.getBytes(UTF_8))));
    }
  }
}
