package courier.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.CourierProcess;
import courier.fixture.DeskClient;
import courier.fixture.ForeignProducer;
import courier.fixture.Json;
import courier.fixture.SharedCourier;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages and dead letters as lines, by HTTP. */
@ExtendWith(SharedCourier.class)
class TransferIT {
  private static final String LINES = "application/x-ndjson";

  private final CourierProcess courier;
  private final DeskClient desk;

  TransferIT(CourierProcess courier) {
    this.courier = courier;
    desk = new DeskClient(courier);
  }

  private static String line(String id) {
    return line(id, "elsewhere");
  }

  private static String line(String id, String to) {
    return ("{\"_id\":\"%s\",\"from\":\"transfer\",\"to\":\"%s\",\"message\":\"?\","
            + "\"createdAt\":{\"$date\":\"2020-01-02T03:04:05.678Z\"},\"partition\":0,\"offset\":7}\n")
        .formatted(id, to);
  }

  @Test
  void manyMessagesComeInOnceAndGoOutAgain() {
    String lines =
        IntStream.range(0, 3000)
            .mapToObj(i -> line("transfer-" + i, "reader"))
            .collect(Collectors.joining());
    assertTrue(lines.length() > 64 * 1024, "more than another body may have");
    HttpResponse<String> first = desk.postTo("/messages/import", lines, LINES);
    assertEquals(200, first.statusCode(), first::body);
    assertEquals(3000, Json.of(first).get("imported").intValue());
    assertEquals(
        3000, Json.of(desk.postTo("/messages/import", lines, LINES)).get("already").intValue());
    JsonNode one = desk.list("/messages/transfer-7");
    assertEquals("2020-01-02T03:04:05.678Z", one.get("createdAt").textValue());
    String out = courier.get(courier.clientB() + "/messages/export?clientId=reader").body();
    assertEquals(3000, out.lines().count());
    assertEquals(
        3000, Json.of(desk.postTo("/messages/import", out, LINES)).get("already").intValue());
  }

  @Test
  void aDeadLetterGoesOutAndIsThereAlreadyWhenItComesInAgain() throws Exception {
    String id;
    try (ForeignProducer producer = new ForeignProducer(courier.brokers())) {
      id = desk.awaitState(producer.send("client-messages", "k", "to be exported"), "failed");
    }
    String group = desk.get(id).get("group").textValue();
    String out = courier.get(courier.clientB() + "/dead-letters/export?group=" + group).body();
    assertTrue(out.contains("\"" + id + "\""), out);
    String another = out.lines().filter(each -> each.contains(id)).findFirst().orElseThrow();
    String both = another + "\n" + another.replace("\"" + id + "\"", "\"elsewhere-0-1\"") + "\n";
    JsonNode said = Json.of(desk.postTo("/dead-letters/import", both, LINES));
    assertEquals(1, said.get("already").intValue());
    assertEquals(1, said.get("imported").intValue());
    assertEquals("to be exported", desk.get("elsewhere-0-1").get("value").textValue());
    assertEquals(202, desk.post("elsewhere-0-1/replay", "").statusCode());
  }

  @Test
  void aLineThatIsWrongIsNamed() {
    HttpResponse<String> answer =
        desk.postTo("/messages/import", line("transfer-good") + "no JSON\n", LINES);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("\"field\":\"line 2\""), answer.body());
    assertTrue(desk.isStored("transfer-good"));
    assertEquals(415, desk.postTo("/messages/import", "{}", "application/json").statusCode());
    assertEquals(200, desk.postTo("/dead-letters/import", "\n", LINES).statusCode());
    assertEquals(400, courier.get(courier.clientB() + "/dead-letters?q=").statusCode());
  }

  @Test
  void whoGoesAwayInTheMiddleCostsNothing() throws Exception {
    URI address = URI.create(courier.clientB());
    for (int i = 0; i < 5; i++) {
      try (Socket client = new Socket(address.getHost(), address.getPort())) {
        client
            .getOutputStream()
            .write(
                ("POST /messages/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                        + LINES
                        + "\r\nContent-Length: 1000000\r\n\r\n"
                        + line("transfer-gone-" + i))
                    .getBytes(UTF_8));
      }
    }
    await()
        .untilAsserted(
            () ->
                assertEquals(
                    200,
                    desk.postTo("/messages/import", line("transfer-after"), LINES).statusCode()));
  }
}
