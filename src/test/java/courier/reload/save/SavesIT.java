package courier.reload.save;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.CourierProcess;
import courier.fixture.Json;
import courier.fixture.SteadySender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a save may do to the messages that flow meanwhile: nothing, also when it is a bad one. */
class SavesIT {
  private static final String HANDLE = "handle-records.camel.yaml";
  private static final String KEEP_MINE =
      "              - filter:\n                  id: keep-mine\n";
  private static final String FAILING =
      "              - throwException: {exceptionType: java.lang.IllegalStateException, message: no luck}\n"
          + KEEP_MINE;

  @TempDir private static Path folder;
  private static CourierProcess courier;
  private static SteadySender sender;

  @BeforeAll
  static void start() {
    courier = new CourierProcess(folder);
    courier.start();
    sender = new SteadySender(courier, "ann", "zoe");
  }

  @AfterAll
  static void stop() {
    sender.close();
    courier.close();
  }

  @AfterEach
  void nothingIsRefusedLostOrDeadLettered() throws Exception {
    assertEquals(List.of(), sender.refused());
    assertTrue(sender.accepted().size() > 0);
    sender.awaitStored();
    assertEquals(0, Json.of(courier.get(courier.clientB() + "/dead-letters")).size());
    String log = CourierProcess.read(folder.resolve("courier-0.log"));
    assertFalse(log.contains("polling exception"), "a consumer does not get on");
  }

  private static Path file(String name) {
    return folder.resolve("routes/client-b").resolve(name);
  }

  private static JsonNode versions(String name) {
    return Json.of(courier.get(courier.clientB() + "/routes/" + name));
  }

  private static void awaitResult(String name, String result) {
    await()
        .untilAsserted(
            () -> assertEquals(result, versions(name).at("/versions/0/result").textValue(), name));
  }

  private static String health() {
    HttpResponse<String> answer =
        courier.get(courier.managementB() + "/health?data=true&exposureLevel=full");
    assertEquals(200, answer.statusCode(), answer::body);
    return answer.body();
  }

  private static String console(String type, String what) {
    String bean = "/jolokia/%s/org.apache.camel:context=client-b,name=RouteFiles,type=services/%s";
    return Json.of(courier.get(courier.managementB() + bean.formatted(type, what)))
        .path("value")
        .textValue();
  }

  private static void rollBack(String name, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(courier.clientB() + "/routes/" + name + "/rollback"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body));
    assertEquals(202, CourierProcess.exchange(request).statusCode());
  }

  @Test
  void aVersionThatFailsIsTakenBackAndCanBeRolledBack() throws IOException {
    String text = Files.readString(file(HANDLE));
    assertTrue(text.contains(KEEP_MINE));
    Files.writeString(file(HANDLE), text.replace(KEEP_MINE, FAILING));
    awaitResult(HANDLE, "taken-back");
    assertTrue(health().contains("its first messages fail: no luck"), SavesIT::health);

    assertEquals(HANDLE, console("read", "Refused"));
    assertEquals("", console("exec", "check/me.camel.yaml"));
    rollBack(HANDLE, "");

    await().until(() -> !health().contains("no luck"));
    assertEquals(text, Files.readString(file(HANDLE)));
  }

  @Test
  void aFileIsTriedOnTheLastMessagesWithoutAnyEffect() throws IOException {
    String text = Files.readString(file(HANDLE));
    await().until(() -> sender.accepted().size() > 20);
    JsonNode same = shadow(text);
    JsonNode other = shadow(text.replace("${body[to]} in", "${body[to]} !in"));

    assertEquals("client-messages", same.path("topic").textValue());
    assertEquals(20, same.path("records").intValue());
    assertEquals(0, same.path("different").intValue(), same::toString);
    assertEquals(20, same.at("/running/mongodb:mongo").intValue(), same::toString);
    assertEquals(20, other.path("different").intValue(), other::toString);
    assertTrue(other.at("/candidate/mongodb:mongo").isMissingNode(), other::toString);
    assertEquals(5, other.path("differences").size());
    assertEquals("live", versions(HANDLE).at("/versions/0/result").textValue());
  }

  private static JsonNode shadow(String text) {
    String uri = courier.clientB() + "/routes/" + HANDLE + "/shadow?limit=20";
    return Json.of(
        CourierProcess.exchange(
            HttpRequest.newBuilder(URI.create(uri))
                .header("content-type", "application/yaml")
                .POST(BodyPublishers.ofString(text))));
  }

  @Test
  void aDeletedFileStopsAndComesBack() throws IOException {
    assertEquals(200, courier.get(courier.clientB() + "/me").statusCode());
    Path away = Files.move(file("me.camel.yaml"), file("me.camel.yaml~"));
    await().until(() -> courier.get(courier.clientB() + "/me").statusCode() == 404);
    awaitResult("me.camel.yaml", "deleted");

    Files.move(away, file("me.camel.yaml"));
    await().until(() -> courier.get(courier.clientB() + "/me").statusCode() == 200);
  }

  @Test
  void eachServiceAnswersForItsFilesAndThoseOfAll() throws IOException {
    String send = "send-message.camel.yaml";
    Path file = folder.resolve("routes/client-a").resolve(send);
    String text = Files.readString(file);
    Files.writeString(file, text.replace("direct", "dirrect").replace("kafka:{{", "kafkka:{{"));
    String a = courier.clientA() + "/routes";
    await()
        .until(
            () ->
                Json.of(courier.get(a + "/" + send))
                    .at("/versions/0/why")
                    .asText()
                    .contains(send + ":"));
    Files.writeString(file, text);

    Set<String> names = new HashSet<>();
    Json.of(courier.get(a)).forEach(each -> names.add(each.path("file").textValue()));
    assertTrue(names.contains(send) && names.contains("list-routes.camel.yaml"), names::toString);
    assertTrue(!names.contains(HANDLE), names::toString);
    assertEquals(404, courier.get(courier.clientB() + "/routes/" + send).statusCode());
  }
}
