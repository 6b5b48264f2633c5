package courier.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That what is not as the documents say is found. */
class ConformanceTest {
  private static final String PROBLEM =
      "{\"type\":\"about:blank\",\"title\":\"t\",\"status\":400,\"detail\":\"d\"}";
  private static final String ACCEPTED =
      "{\"success\":true,\"message\":\"successfully sent\",\"id\":\"1\"}";

  private static void require(
      String method, String path, int status, Map<String, String> headers, String body) {
    HttpHeaders all =
        HttpHeaders.of(
            headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue()))),
            (name, value) -> true);
    Conformance.require(method, path, status, all, body);
  }

  @Test
  void whatIsSaidIsTaken() {
    Map<String, String> json = Map.of("content-type", "application/json");
    Map<String, String> problem = Map.of("content-type", "application/problem+json");
    assertDoesNotThrow(() -> require("POST", "/send-message", 202, json, ACCEPTED));
    assertDoesNotThrow(() -> require("POST", "/send-message", 400, problem, PROBLEM));
    assertDoesNotThrow(() -> require("GET", "/messages", 200, json, "[]"));
    assertDoesNotThrow(() -> require("HEAD", "/messages", 200, json, ""));
    assertDoesNotThrow(() -> require("GET", "/of-a-user", 299, Map.of(), "?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "another status | POST | /send-message | 201 | application/json | {} | statuses",
        "another type | POST | /send-message | 202 | text/plain | {} | type",
        "a member is missing | POST | /send-message | 202 | application/json | {\"success\":true} | shape",
        "a member more | GET | /me | 200 | application/json | {\"name\":null,\"role\":\"client\",\"expires\":null,\"x\":1} | shape",
        "no JSON | GET | /me | 200 | application/json | { | JSON",
        "no header | GET | /messages | 429 | application/problem+json | {} | Retry-After",
        "no challenge | GET | /messages/1 | 401 | application/problem+json | {} | WWW-Authenticate",
        "a shape within | GET | /dead-letters | 200 | application/json | [{\"_id\":1}] | shape",
        "a method that is none | PUT | /messages | 200 | application/json | [] | refused",
        "no Allow | PUT | /messages | 405 | application/problem+json | {} | Allow",
        "a body of a HEAD | HEAD | /messages | 200 | application/json | [] | body"
      })
  void whatIsNotIsFound(
      String what, String method, String path, int status, String type, String body, String found) {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> require(method, path, status, Map.of("content-type", type), body),
            what);
    assertTrue(error.getMessage().contains(found), error::getMessage);
  }

  @Test
  void anEventOfAnotherShapeIsFound() throws Exception {
    JsonMapper json = new JsonMapper();
    Conformance.requireEvent(json.readTree(ACCEPTED), "AcceptedAck", "RefusedAck");
    assertThrows(
        AssertionError.class,
        () -> Conformance.requireEvent(json.readTree("{\"success\":true}"), "AcceptedAck"));
  }
}
