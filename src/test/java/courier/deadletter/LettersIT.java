package courier.deadletter;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.CourierProcess;
import courier.fixture.DeskClient;
import courier.fixture.ForeignProducer;
import courier.fixture.Json;
import courier.fixture.SharedCourier;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dead letters are found, looked at, edited, discarded and fetched back, each with who did it. */
@ExtendWith(SharedCourier.class)
class LettersIT {
  private static final String WITHOUT_TEXT = "{\"from\":\"anna\",\"to\":\"clientB\"}";

  private final CourierProcess courier;
  private final DeskClient desk;
  private final ForeignProducer producer;

  LettersIT(CourierProcess courier) {
    this.courier = courier;
    desk = new DeskClient(courier);
    producer = new ForeignProducer(courier.brokers());
  }

  @AfterEach
  void close() {
    producer.close();
  }

  private String deadLetter(String value) throws Exception {
    return desk.awaitState(producer.send("client-messages", "key", value), "failed");
  }

  @Test
  void anEditedReplayIsStoredUnderTheOriginalPositionAndTheOriginalIsKept() throws Exception {
    String id = deadLetter(WITHOUT_TEXT);
    String edit =
        "{\"by\":\"bob\",\"value\":\"{\\\"from\\\":\\\"anna\\\",\\\"to\\\":\\\"clientB\\\",\\\"message\\\":\\\"fixed\\\"}\"}";
    assertEquals(202, desk.post(id + "/replay", edit).statusCode());

    await().until(() -> desk.isStored(id));
    JsonNode stored = Json.of(courier.get(courier.clientB() + "/messages/" + id));
    assertEquals("fixed", stored.get("message").textValue());
    JsonNode letter = desk.get(id);
    assertEquals("replayed", letter.get("state").textValue());
    assertEquals(WITHOUT_TEXT, letter.get("value").textValue());
    assertEquals(List.of("failed", "edited", "replayed"), desk.history(id));
    assertEquals("bob", letter.get("history").get(2).get("by").textValue());
    assertEquals(409, desk.post(id + "/replay", "").statusCode());

    JsonNode trace = Json.of(courier.get(courier.clientB() + "/messages/" + id + "/trace"));
    assertEquals("stored", trace.get("state").textValue());
    List<String> events = trace.get("events").findValuesAsText("event");
    assertEquals(List.of("accepted", "logged", "failed", "edited", "replayed", "stored"), events);
  }

  @Test
  void bytesThatAreNoTextCanBeEditedToo() throws Exception {
    String id = deadLetter("not yet");
    assertEquals(400, desk.post(id + "/replay", "{\"value\":{\"base64\":\"%\"}}").statusCode());
    assertEquals(202, desk.post(id + "/replay", "{\"value\":{\"base64\":\"//4=\"}}").statusCode());
    await().until(() -> desk.history(id).size() == 4);
    JsonNode edited = desk.get(id).get("history").get(1);
    assertEquals("//4=", edited.get("value").get("base64").textValue());
    assertFalse(desk.isStored(id));
    await().atMost(Duration.ofSeconds(10)).until(() -> desk.get(id).get("replays").intValue() == 1);
  }

  @Test
  void aMessageWhoseIdWasEditedIsTracedByBothIds() throws Exception {
    String id = deadLetter("{\"id\":\"before\",\"from\":\"anna\",\"to\":\"clientB\"}");
    String edit =
        "{\\\"id\\\":\\\"after\\\",\\\"from\\\":\\\"anna\\\",\\\"to\\\":\\\"clientB\\\",\\\"message\\\":\\\"m\\\"}";
    desk.post(id + "/replay", "{\"value\":\"%s\"}".formatted(edit));
    await().until(() -> desk.isStored("after"));
    for (String either : List.of("before", "after")) {
      JsonNode trace = desk.list("/messages/" + either + "/trace");
      assertEquals("stored", trace.get("state").textValue());
      assertEquals(
          List.of("accepted", "logged", "failed", "edited", "replayed", "stored"),
          trace.get("events").findValuesAsText("event"));
      assertTrue(trace.findValues("value").isEmpty());
    }
  }

  @Test
  void aDiscardCanBeTakenBackAndEachIsKeptWithWhoDidIt() throws Exception {
    String id = deadLetter("to be discarded");
    assertEquals(200, desk.post(id + "/discard", "{\"by\":\"bob\"}").statusCode());
    assertEquals(409, desk.post(id + "/replay", "").statusCode());
    assertEquals(409, desk.post(id + "/discard", "").statusCode());
    assertEquals(200, desk.post(id + "/undo", "{\"by\":\"carol\"}").statusCode());
    assertEquals(409, desk.post(id + "/undo", "").statusCode());
    assertEquals("failed", desk.get(id).get("state").textValue());
    assertEquals(List.of("failed", "discarded", "undone"), desk.history(id));
    assertEquals("carol", desk.get(id).get("history").get(2).get("by").textValue());
    assertEquals(404, desk.post("nothing-0-0/discard", "").statusCode());
    assertEquals(415, desk.post(id + "/discard", "by=bob", "text/plain").statusCode());
    assertEquals(400, desk.post(id + "/discard", "{\"by\":1}").statusCode());
  }

  @Test
  void groupsAreByStepAndReasonAndCanBeFiltered() throws Exception {
    String mine = deadLetter("{\"from\":\"groups\",\"to\":\"clientB\"}");
    deadLetter("not grouped with it");

    JsonNode groups = desk.list("/dead-letter-groups?sender=groups");
    assertEquals(1, groups.size());
    assertEquals("invalid-member", groups.get(0).get("reason").textValue());
    assertEquals("read-messages", groups.get(0).get("step").textValue());
    assertEquals(1, groups.get(0).get("count").intValue());
    assertEquals(1, groups.get(0).get("states").get("failed").intValue());
    String group = groups.get(0).get("group").textValue();
    String first = groups.get(0).get("firstSeen").textValue();

    JsonNode members = desk.list("/dead-letters?sender=groups&group=" + group);
    assertEquals(mine, members.get(0).get("_id").textValue());
    assertEquals(1, desk.list("/dead-letters?sender=groups&since=" + first).size());
    assertEquals(0, desk.list("/dead-letters?sender=groups&until=" + first).size());
    assertEquals(0, desk.list("/dead-letters?sender=groups&reason=not-json").size());
    assertEquals(
        400, courier.get(courier.clientB() + "/dead-letter-groups?since=today").statusCode());
  }

  @Test
  void aPageOfASelectionLeadsToTheNextPageOfTheSameSelection() throws Exception {
    for (int i = 0; i < 3; i++) {
      deadLetter("{\"from\":\"pages\",\"to\":\"clientB\"}");
    }
    var page = courier.get(courier.clientB() + "/dead-letters?limit=2&sender=pages");
    String link = page.headers().firstValue("Link").orElseThrow();
    String next = link.substring(link.indexOf('<') + 1, link.indexOf('>'));
    JsonNode rest = desk.list(next);
    assertEquals(1, rest.size());
    assertEquals("pages", rest.get(0).get("sender").textValue());
  }

  @Test
  void aListHasNoValuesAndNothingSaysTheClaimOfAReplay() throws Exception {
    String value = "{\"from\":\"lists\",\"to\":\"clientB\"}";
    String id = deadLetter(value);
    desk.post(id + "/replay", "{\"value\":\"edited\"}");
    JsonNode listed = desk.list("/dead-letters?sender=lists").get(0);
    assertEquals(value.length(), listed.get("size").intValue());
    for (String member : List.of("value", "edited", "headers", "claim", "claims", "runner")) {
      assertFalse(listed.has(member), member);
    }
    assertTrue(listed.get("history").findValues("value").isEmpty());
    JsonNode letter = desk.get(id);
    assertEquals(value, letter.get("value").textValue());
    assertFalse(letter.has("claim") || letter.has("claims"));
  }
}
