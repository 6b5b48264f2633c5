package courier;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The dead-letter desk over HTTP. */
record Desk(CourierProcess courier) {
  HttpResponse<String> post(String action, String json) {
    return post(action, json, "application/json");
  }

  /**
   * @param action such as {@code <id>/replay}
   */
  HttpResponse<String> post(String action, String body, String type) {
    return postTo("/dead-letters/" + action, body, type);
  }

  /** Starts a bulk replay, and returns its id. */
  String startReplay(String json) {
    HttpResponse<String> answer = postTo("/dead-letter-replays", json, "application/json");
    String location =
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IllegalStateException(answer.body()));
    return location.substring(location.lastIndexOf('/') + 1);
  }

  JsonNode replay(String id) {
    return list("/dead-letter-replays/" + id);
  }

  HttpResponse<String> postTo(String path, String body, String type) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(courier.clientB() + path))
            .POST(BodyPublishers.ofString(body));
    return CourierProcess.exchange(body.isEmpty() ? request : request.header("content-type", type));
  }

  JsonNode get(String id) {
    return list("/dead-letters/" + id);
  }

  JsonNode list(String path) {
    return Json.of(courier.get(courier.clientB() + path));
  }

  /** What was done to it, in order. */
  List<String> history(String id) {
    return get(id).get("history").findValuesAsText("action");
  }

  boolean isStored(String id) {
    return courier.get(courier.clientB() + "/messages/" + id).statusCode() == 200;
  }

  /** Waits until the dead letter of this id is in this state. */
  String awaitState(String id, String state) {
    await().atMost(Duration.ofSeconds(20)).until(() -> isIn(id, state));
    return id;
  }

  private boolean isIn(String id, String state) {
    HttpResponse<String> answer = courier.get(courier.clientB() + "/dead-letters/" + id);
    return answer.statusCode() == 200 && state.equals(Json.of(answer).path("state").textValue());
  }
}
