package courier.reload.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.http.Refusal;
import courier.reload.save.RouteServiceFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteDeskTest {
  private static final String NAME = "hello.camel.yaml";
  private static final String HELLO =
      """
      - route:
          id: hello
          from:
            uri: direct:hello
            steps:
              - setBody: {constant: one}
      """;
  private static final String BROKEN = HELLO.replace("setBody", "setBoddy");

  @TempDir private Path routes;
  private RouteServiceFixture service;
  private RouteDesk desk;
  private Rollback rollback;

  @BeforeEach
  void start() throws Exception {
    service =
        new RouteServiceFixture(
            routes, Map.of(NAME, HELLO, "../shared.camel.yaml", HELLO.replace("hello", "shared")));
    desk = new RouteDesk(service.context, service.folder, service.saved, service.versions);
    rollback = new Rollback(desk, "routes/rollback.schema.json");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Message message() {
    return new DefaultExchange(service.context).getMessage();
  }

  private static JsonNode json(Message answer) throws IOException {
    return new JsonMapper().readTree(answer.getBody(byte[].class));
  }

  private JsonNode versions(String name) throws IOException {
    Message answer = message();
    desk.versions(answer, name);
    return json(answer);
  }

  private void rollBack(String body) {
    Message request = message();
    request.setBody(body.getBytes());
    request.setHeader("Content-Type", "application/json");
    rollback.write(request, NAME, "olga");
    assertEquals(202, request.getHeader("CamelHttpResponseCode"));
    service.take(NAME);
  }

  private int refused(String body) {
    return assertThrows(Refusal.class, () -> rollBack(body)).problem().status();
  }

  @Test
  void listsTheFilesWithTheirRoutesAndWhatRuns() throws IOException {
    service.save(NAME, BROKEN);
    Message answer = message();
    desk.list(answer);

    JsonNode hello = json(answer).get(0);
    assertEquals(NAME, hello.path("file").textValue());
    assertEquals("hello", hello.path("routes").path(0).textValue());
    assertEquals(1, hello.path("running").intValue());
    assertEquals("refused", hello.path("result").textValue());
    assertTrue(hello.path("why").textValue().contains(NAME + ":"), hello::toString);
    assertTrue(json(answer).get(1).path("shared").booleanValue());
  }

  @Test
  void showsWhatIsOtherInEachVersion() throws IOException {
    service.save(NAME, HELLO.replace("one", "two"));
    Files.delete(service.path(NAME));
    service.take(NAME);

    JsonNode all = versions(NAME).path("versions");
    assertEquals("deleted", all.path(0).path("result").textValue());
    String difference = all.path(1).path("difference").textValue();
    assertTrue(
        difference.contains("-        - setBody: {constant: one}\n")
            && difference.contains("+        - setBody: {constant: two}\n"),
        difference);
    assertTrue(versions(NAME).path("running").isMissingNode());
  }

  @Test
  void hasTheTextThatRuns() throws IOException {
    service.save(NAME, HELLO.replace("one", "two"));
    service.save(NAME, BROKEN);
    Message answer = message();
    desk.text(answer, NAME);

    assertEquals(HELLO.replace("one", "two"), json(answer).get("text").textValue());
    assertEquals(2, json(answer).get("running").intValue());
    Files.delete(service.path(NAME));
    service.take(NAME);
    assertThrows(Refusal.class, () -> desk.text(message(), NAME));
  }

  @Test
  void writesTheVersionBeforeBack() throws IOException {
    service.save(NAME, HELLO.replace("one", "two"));
    rollBack("{}");
    assertEquals("one", service.ask("hello"));

    rollBack("{\"version\": 2}");
    assertEquals("two", service.ask("hello"));
  }

  @Test
  void writesBackWhatRunsWhenTheFileIsBroken() throws IOException {
    service.save(NAME, HELLO.replace("one", "two"));
    service.save(NAME, BROKEN);
    rollBack("{}");

    assertEquals("two", service.ask("hello"));
    assertEquals(HELLO.replace("one", "two"), Files.readString(service.path(NAME)));
  }

  @Test
  void bringsADeletedFileBack() throws IOException {
    Files.delete(service.path(NAME));
    service.take(NAME);
    rollBack("{}");

    assertEquals("one", service.ask("hello"));
  }

  @Test
  void refusesWhatIsNotKnownOrCannotBeLive() throws IOException {
    assertThrows(Refusal.class, () -> versions("../application.properties"));
    assertEquals(409, refused("{}"));
    assertEquals(404, refused("{\"version\": 7}"));
    assertEquals(400, refused("{\"version\": 0}"));
    assertEquals(400, refused("{\"version\": \"1\"}"));

    service.save(NAME, BROKEN);
    assertEquals(409, refused("{\"version\": 2}"));
    assertEquals(BROKEN, Files.readString(service.path(NAME)));
  }

  @Test
  void noStrangerOfTheNetworkHasCodeRunInAShadow() {
    RouteShadow shadow = new RouteShadow(desk, "none-on-the-network");
    Message request = message();
    request.setBody(HELLO.getBytes());

    Refusal refusal = assertThrows(Refusal.class, () -> shadow.run(request, NAME, null));

    assertEquals(403, refusal.problem().status());
  }
}
