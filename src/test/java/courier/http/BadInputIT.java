package courier.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.CourierProcess;
import courier.fixture.SharedCourier;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's table of what client A does not take. */
@ExtendWith(SharedCourier.class)
class BadInputIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String GOOD = "{\"from\":\"a\",\"to\":\"clientB\",\"message\":\"m\"}";

  private final CourierProcess courier;
  private final URI address;

  BadInputIT(CourierProcess courier) {
    this.courier = courier;
    address = URI.create(courier.clientA() + "/send-message");
  }

  static Stream<Arguments> aFieldIsWrong() {
    Stream<Arguments> each =
        Stream.of("from", "to", "message")
            .flatMap(
                field ->
                    Stream.of(
                        Arguments.of(field, GOOD.replace("\"" + field + "\"", "\"other\"")),
                        Arguments.of(field, with(field, "\"\"")),
                        Arguments.of(field, with(field, "1")),
                        Arguments.of(field, with(field, "null")),
                        Arguments.of(field, with(field, "[\"a\"]")),
                        Arguments.of(field, with(field, "\"\\ud800\"")),
                        Arguments.of(field, with(field, "\"x\",\"" + field + "\":\"y\""))));
    return Stream.concat(
        each,
        Stream.of(
            Arguments.of("from", with("from", quoted(129))),
            Arguments.of("to", with("to", quoted(129))),
            Arguments.of("message", with("message", quoted(16_385))),
            Arguments.of("id", GOOD.replace("{", "{\"id\":\"\",")),
            Arguments.of("id", GOOD.replace("{", "{\"id\":7,"))));
  }

  private static String with(String field, String value) {
    return GOOD.replaceFirst(
        "\"%s\":\"\\w+\"".formatted(field),
        java.util.regex.Matcher.quoteReplacement("\"%s\":%s".formatted(field, value)));
  }

  private static String quoted(int length) {
    return "\"" + "x".repeat(length) + "\"";
  }

  @ParameterizedTest
  @MethodSource
  void aFieldIsWrong(String field, String body) throws Exception {
    JsonNode problem = problem(400, courier.send(body));

    assertEquals(field, problem.at("/errors/0/field").textValue());
    assertTrue(problem.path("detail").textValue().contains("`" + field + "`"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"text\"", "null", "{", "{\"from\":}", GOOD + "x", "{'a':1}"})
  void theBodyIsNoJsonObject(String body) throws Exception {
    JsonNode problem = problem(400, courier.send(body));

    assertTrue(problem.path("detail").textValue().contains("JSON object such as"));
  }

  @Test
  void theBodyIsNotUtf8() throws Exception {
    byte[] body = GOOD.replace("\"m\"", "\"\u00e9\"").getBytes(ISO_8859_1);

    JsonNode problem =
        problem(400, post("application/json").POST(BodyPublishers.ofByteArray(body)));

    assertTrue(problem.path("detail").textValue().contains("UTF-8"));
  }

  @Test
  void theLongestFieldsAreTaken() {
    String longest =
        "{\"from\":%s,\"to\":%s,\"message\":%s}"
            .formatted(quoted(128), quoted(128), quoted(16_384));

    assertEquals(202, courier.send(longest).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 1000000000", "Transfer-Encoding: chunked"})
  void aBodyOverTheLimitIsNotReadToItsEnd(String length) throws Exception {
    try (Socket socket = new Socket("localhost", address.getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST /send-message HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%s\r\n\r\n"
              .formatted(length);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write("12000\r\n".getBytes(UTF_8));
      socket.getOutputStream().write(new byte[0x12000]);

      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
      assertTrue(answer.toLowerCase().contains("content-type: application/problem+json"), answer);
      assertTrue(answer.contains("\"status\":413"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void anotherContentTypeIsRefused(String type) throws Exception {
    problem(415, post(type).POST(BodyPublishers.ofString(GOOD)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void anotherMethodIsRefused(String method) throws Exception {
    HttpRequest.Builder request =
        post("application/json").method(method, BodyPublishers.ofString(GOOD));

    problem(405, request);
    assertEquals(
        "POST", CourierProcess.exchange(request).headers().firstValue("allow").orElseThrow());
  }

  @Test
  void anotherPathIsRefused() throws Exception {
    problem(404, HttpRequest.newBuilder(address.resolve("/send")).GET());
  }

  private HttpRequest.Builder post(String type) {
    return HttpRequest.newBuilder(address).header("content-type", type);
  }

  private static JsonNode problem(int status, HttpRequest.Builder request) throws IOException {
    return problem(status, CourierProcess.exchange(request));
  }

  private static JsonNode problem(int status, HttpResponse<String> answer) throws IOException {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("content-type").orElseThrow());
    JsonNode problem = JSON.readTree(answer.body());
    assertEquals(status, problem.path("status").asInt());
    assertTrue(problem.path("title").isTextual() && problem.path("detail").isTextual());
    return problem;
  }
}
