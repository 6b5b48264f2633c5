package courier.message;

import static courier.message.ClientARoutes.HELLO;
import static courier.message.ClientARoutes.headers;
import static courier.message.ClientARoutes.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendMessageTest {
  private static final JsonMapper JSON = new JsonMapper();
  @RegisterExtension private final ClientARoutes clientA = new ClientARoutes();

  @Test
  void storesTheMessageAndAnswersWithItsId() throws Exception {
    Message answer = clientA.send(HELLO, Map.of());

    String id = json(answer).path("id").textValue();
    assertEquals(202, answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class));
    assertEquals("application/json", answer.getHeader(Exchange.CONTENT_TYPE));
    assertEquals(
        "{\"success\":true,\"message\":\"successfully sent\",\"id\":\"" + id + "\"}",
        json(answer).toString());
    assertEquals("client-messages", stored().topic());
    String value = new String(stored().value(), UTF_8);
    String[] parts = value.split("\"createdAt\":");
    assertEquals("{\"id\":\"" + id + "\"," + HELLO.substring(1).replace("}", ","), parts[0]);
    assertTrue(parts[1].matches("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"}"), value);
    assertTrue(id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab].{16}"), id);
  }

  /** Each service has them in its own folder, where who reads or edits it looks. */
  @Test
  void takesTheStepsByWhichAMessageOfASocketIsTaken() throws Exception {
    assertEquals(
        steps("client-b/take-message.camel.yaml"), steps("client-a/send-message.camel.yaml"));
  }

  private static String steps(String file) throws IOException {
    String text = Files.readString(Path.of("routes", file));
    return text.substring(text.indexOf("steps:"));
  }

  @Test
  void keepsAConversationUnderOneKeyInBothDirections() {
    clientA.send(HELLO, Map.of());
    clientA.send("{\"from\":\"bob\",\"to\":\"ann\",\"message\":\"Hi\"}", Map.of());

    assertEquals(
        List.of("[\"ann\",\"bob\"]", "[\"ann\",\"bob\"]"),
        clientA.stored().stream().map(ProducerRecord::key).toList());
  }

  @Test
  void keepsWhatItDoesNotKnowAndEveryCharacter() throws Exception {
    String sent =
        """
        {"createdAt":"1999","n":1.50,"deep":{"a":[null,1e400,-0.0,-0,1e2,1.0,2E+3,{"$ref":1}]},"message":"\\u0000 \\u00e9 😀 \\ud83d\\ude00",
         "to":"ボブ","from":"ann","id":"a \\"quoted\\" id"}""";

    Message answer = clientA.send(sent, Map.of());

    String value = new String(stored().value(), UTF_8);
    String begin =
        """
        {"id":"a \\"quoted\\" id","from":"ann","to":"ボブ","message":"\\u0000 é 😀 😀","createdAt":"2""";
    assertTrue(value.startsWith(begin), value);
    assertTrue(
        value.endsWith(
            "Z\",\"n\":1.50,\"deep\":{\"a\":[null,1e400,-0.0,-0,1e2,1.0,2E+3,{\"$ref\":1}]}}"),
        value);
    assertEquals("a \"quoted\" id", json(answer).path("id").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"_id", "partition", "offset", "topicId", "asSent"})
  void refusesTheNamesOfCouriersOwnByName(String name) throws Exception {
    Message answer = clientA.send(HELLO.replace("{", "{\"" + name + "\":1,"), Map.of());

    assertEquals(400, answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class));
    assertEquals(name, json(answer).path("errors").path(0).path("field").textValue());
    assertEquals(List.of(), clientA.stored());
  }

  @Test
  void letsNoHeaderInOrOut() {
    Message answer =
        clientA.send(
            HELLO,
            Map.of(
                KafkaConstants.OVERRIDE_TOPIC,
                "other",
                KafkaConstants.KEY,
                "k",
                KafkaConstants.PARTITION_KEY,
                7,
                "Cookie",
                "c"));

    assertEquals("client-messages", stored().topic());
    assertEquals("[\"ann\",\"bob\"]", stored().key());
    assertNull(stored().partition());
    assertEquals(0, stored().headers().toArray().length);
    assertEquals("[CamelHttpResponseCode, Content-Type]", headers(answer));
  }

  @Test
  void takesTheIdempotencyKeyAsTheId() throws Exception {
    Message answer = clientA.send(HELLO, Map.of("idempotency-key", "\"a-key\""));

    assertEquals("a-key", json(answer).path("id").textValue());
    assertEquals("a-key", JSON.readTree(stored().value()).path("id").textValue());
    assertEquals(0, stored().headers().toArray().length);
  }

  @Test
  void tellsWhoHasSentEnoughWhenToComeAgain() throws Exception {
    String large = HELLO.replace("Hello", "H".repeat(5_000 - HELLO.length()));
    clientA.send(large, Map.of());

    Message answer = clientA.send(large, Map.of());

    assertEquals(429, answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class));
    long seconds = answer.getHeader("Retry-After", Long.class);
    assertTrue(seconds > 0 && seconds <= 86_400, seconds + " s");
    assertEquals("Too Many Requests", json(answer).path("title").textValue());
    assertEquals(1, clientA.stored().size());
    clientA.send(large.replace("ann", "bea"), Map.of());
    assertEquals(2, clientA.stored().size());
  }

  private ProducerRecord<String, byte[]> stored() {
    return clientA.stored().get(0);
  }
}
