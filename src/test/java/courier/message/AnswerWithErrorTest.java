package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerWithErrorTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String HELLO = "{\"from\":\"ann\",\"to\":\"bob\",\"message\":\"Hello\"}";

  private ClientARoutes clientA;

  @BeforeEach
  void start() throws Exception {
    clientA = new ClientARoutes();
  }

  @AfterEach
  void stop() {
    clientA.close();
  }

  @ParameterizedTest
  @CsvSource({"'', to", "a-key, to", "'\"', Idempotency-Key"})
  void storesNothingOfWhatItRefuses(String key, String field) throws Exception {
    boolean complete = !field.equals("to");

    Message answer =
        send(complete ? HELLO : HELLO.replace("bob", ""), Map.of("Idempotency-Key", key));

    assertEquals(400, answer.getHeader(Exchange.HTTP_RESPONSE_CODE));
    assertEquals("[CamelHttpResponseCode, Content-Type]", headers(answer));
    assertEquals("application/problem+json", answer.getHeader(Exchange.CONTENT_TYPE));
    assertEquals(field, json(answer).at("/errors/0/field").textValue());
    assertEquals(List.of(), clientA.stored());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysToSendAgainWithTheSameIdWhenKafkaDoesNotAnswer(boolean taken) throws Exception {
    if (taken) {
      clientA.failToAcknowledge(new TimeoutException("secret"));
    } else {
      clientA.failToSend(new TimeoutException("secret"));
    }

    Message answer = send(HELLO, Map.of("Idempotency-Key", "a-key"));

    assertEquals(503, answer.getHeader(Exchange.HTTP_RESPONSE_CODE));
    assertEquals("1", answer.getHeader("Retry-After"));
    assertEquals("[CamelHttpResponseCode, Content-Type, Retry-After]", headers(answer));
    assertEquals("a-key", json(answer).path("id").textValue());
    assertFalse(json(answer).toString().contains("secret"));
  }

  @Test
  void sendsNothingForWhoWaitedWhileKafkaDidNotAcknowledge() throws Exception {
    Message answer =
        clientA.send(
            HELLO.getBytes(UTF_8),
            Map.of(),
            () -> {
              clientA.failToAcknowledge(new TimeoutException("secret"));
              send(HELLO, Map.of());
              clientA.failToAcknowledge(null);
            });

    assertEquals(503, answer.getHeader(Exchange.HTTP_RESPONSE_CODE));
    assertEquals("1", answer.getHeader("Retry-After", String.class));
    assertEquals(List.of(), clientA.stored());
    await()
        .until(
            () -> send(HELLO, Map.of()).getHeader(Exchange.HTTP_RESPONSE_CODE, int.class) == 202);
  }

  @Test
  void tellsNothingOfAnErrorOfItsOwn() throws Exception {
    clientA.failToSend(new IllegalStateException("secret"));

    Message answer = send(HELLO, Map.of());

    assertEquals(500, answer.getHeader(Exchange.HTTP_RESPONSE_CODE));
    assertFalse(json(answer).toString().contains("secret"));
  }

  private Message send(String body, Map<String, Object> headers) {
    return clientA.send(body.getBytes(UTF_8), headers);
  }

  private static JsonNode json(Message answer) throws Exception {
    return JSON.readTree(answer.getBody(ByteBuffer.class).array());
  }

  private static String headers(Message answer) {
    return new TreeSet<>(answer.getHeaders().keySet()).toString();
  }
}
