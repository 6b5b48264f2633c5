package courier.jmx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.CourierProcess;
import courier.fixture.DeskClient;
import courier.fixture.ForeignProducer;
import courier.fixture.Json;
import courier.fixture.SharedCourier;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does in Hawtio, by the very requests that it makes. */
@ExtendWith(SharedCourier.class)
class ConsoleIT {
  private static final String ROUTE = "org.apache.camel:context=client-b,name=\"me\",type=routes";
  private static final String CONTEXT =
      "org.apache.camel:context=client-b,name=\"client-b\",type=context";
  private static final String SERVICE = "org.apache.camel:context=client-b,name=%s,type=services";
  private static final String DESK = SERVICE.formatted("DeadLetterConsole");

  private final CourierProcess courier;
  private final DeskClient desk;

  ConsoleIT(CourierProcess courier) {
    this.courier = courier;
    desk = new DeskClient(courier);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Stopped", "Suspended"})
  void aRouteIsHeldAndGoesOn(String state) {
    assertEquals("Started", state());

    String operation = state.equals("Stopped") ? "stop()" : "suspend()";
    assertEquals(200, exec(ROUTE, operation).path("status").asInt());
    await().until(() -> state().equals(state));

    assertEquals(200, exec(ROUTE, "start()").path("status").asInt());
    await().until(() -> courier.get(courier.clientB() + "/me").statusCode() == 200);
  }

  private String state() {
    return console(Map.of("type", "read", "mbean", ROUTE, "attribute", "State"))
        .path("value")
        .asText();
  }

  @Test
  void aRouteIsDrawnWithItsFigures() {
    JsonNode drawn = exec(CONTEXT, "dumpRoutesAsXml()");
    assertTrue(drawn.path("value").asText().contains("id=\"store-message\""), drawn.toString());

    JsonNode figures = exec(CONTEXT, "dumpRoutesStatsAsXml", true, true);
    assertTrue(
        figures.path("value").asText().contains("processorStat id=\"commit-offsets\""),
        figures.toString());
  }

  @Test
  void eachStepIsFoundByWhatItDoes() {
    JsonNode steps =
        console(Map.of("type", "search", "mbean", "org.apache.camel:type=processors,*"))
            .path("value");

    assertTrue(steps.toString().contains("send-again.send-again-prepare"), steps.toString());
    for (JsonNode step : steps) {
      String name = step.asText().replaceAll(".*name=\\\\?\"([^\"\\\\]*).*", "$1");
      assertTrue(!name.matches("[a-zA-Z]+[0-9]+"), step.asText());
    }
  }

  @Test
  void aDeadLetterIsReplayedDiscardedAndFetchedBack() throws Exception {
    String id = deadLetter("for the console");
    assertTrue(exec(DESK, "groups()").path("value").isArray());
    assertEquals("failed", exec(DESK, "find", id).path("value").path("state").asText());

    assertEquals("replayed", exec(DESK, "replay", id).path("value").path("state").asText());
    await().until(() -> desk.history(id).equals(List.of("failed", "replayed", "failed")));
    assertEquals("JMX", desk.get(id).get("history").get(1).get("by").textValue());
    exec(DESK, "discard", id);
    JsonNode refused = exec(DESK, "replay", id).path("value");
    assertTrue(refused.path("detail").asText().contains("discarded"), refused.toString());
    assertEquals("failed", exec(DESK, "undo", id).path("value").path("state").asText());
  }

  @Test
  void aDeadLetterAndAGroupAreHeldTaggedNotedAndReleased() throws Exception {
    String id = deadLetter("{\"from\":\"held in the console\"}");
    assertEquals("JMX", exec(DESK, "hold", id, "").path("value").at("/held/by").asText());
    JsonNode refused = exec(DESK, "replay", id).path("value");
    assertTrue(refused.path("detail").asText().contains("release it first"), refused.toString());
    exec(DESK, "tag", id, "billing");
    exec(DESK, "note", id, "sent by the old client");
    assertEquals(1, desk.list("/dead-letters?tag=billing&held=true").size());
    assertEquals("sent by the old client", desk.get(id).at("/notes/0/text").asText());
    exec(DESK, "untag", id, "billing");
    exec(DESK, "release", id);
    String group = desk.get(id).get("group").textValue();
    exec(DESK, "holdGroup", group, "the bank looks at it");
    exec(DESK, "tagGroup", group, "bank");
    exec(DESK, "noteGroup", group, "since Monday");
    String later = deadLetter("{\"from\":\"held in the console\"}");
    await().until(() -> desk.get(later).at("/held/group").asBoolean());
    JsonNode said = desk.list("/dead-letter-groups?group=" + group).get(0);
    assertEquals("the bank looks at it", said.at("/held/why").asText());
    assertEquals("since Monday", said.at("/notes/0/text").asText());
    exec(DESK, "untagGroup", group, "bank");
    exec(DESK, "releaseGroup", group);
    assertEquals(
        List.of("failed", "held", "tagged", "noted", "tagged", "released", "held", "released"),
        desk.history(id));
  }

  private String deadLetter(String value) throws Exception {
    try (ForeignProducer producer = new ForeignProducer(courier.brokers())) {
      return desk.awaitState(producer.send("client-messages", "key", value), "failed");
    }
  }

  @Test
  void aGroupIsReplayedAndHowFarItIsIsShown() throws Exception {
    String group = desk.get(deadLetter("{\"from\":\"console\"}")).get("group").textValue();
    String replays = SERVICE.formatted("BulkReplayConsole");

    String id = exec(replays, "startReplay", group, 100).path("value").path("_id").asText();
    await()
        .until(() -> exec(replays, "find", id).path("value").path("state").asText().equals("done"));
    JsonNode listed = exec(replays, "list()").path("value");
    assertTrue(listed.findValuesAsText("_id").contains(id), listed.toString());
    JsonNode late = exec(replays, "stopReplay", id).path("value");
    assertTrue(late.path("detail").asText().contains("done"), late.toString());
  }

  @Test
  void theSocketsAreCounted() {
    String mbean = "org.apache.camel:context=client-b,name=\"socketio\",type=components";
    JsonNode sockets = console(Map.of("type", "read", "mbean", mbean)).path("value");

    assertTrue(sockets.path("ConnectedClients").isInt(), sockets.toString());
    assertTrue(sockets.path("RefusedHandshakes").isNumber(), sockets.toString());
  }

  private JsonNode exec(String mbean, String operation, Object... arguments) {
    return console(
        Map.of("type", "exec", "mbean", mbean, "operation", operation, "arguments", arguments));
  }

  private JsonNode console(Map<String, Object> request) {
    return Json.of(
        CourierProcess.exchange(
            HttpRequest.newBuilder(URI.create(courier.managementB() + "/jolokia"))
                .POST(BodyPublishers.ofString(new JSONObject(request).toString()))));
  }
}
