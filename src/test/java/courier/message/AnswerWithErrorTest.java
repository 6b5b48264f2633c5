package courier.message;

import static courier.message.ClientARoutes.HELLO;
import static courier.message.ClientARoutes.headers;
import static courier.message.ClientARoutes.json;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerWithErrorTest {
  @RegisterExtension private final ClientARoutes clientA = new ClientARoutes();

  @ParameterizedTest
  @CsvSource({"'', to", "a-key, to", "'\"', Idempotency-Key"})
  void storesNothingOfWhatItRefuses(String key, String field) throws Exception {
    boolean complete = !field.equals("to");

    Message answer =
        clientA.send(complete ? HELLO : HELLO.replace("bob", ""), Map.of("Idempotency-Key", key));

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

    Message answer = clientA.send(HELLO, Map.of("Idempotency-Key", "a-key"));

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
            HELLO,
            Map.of(),
            () -> {
              clientA.failToAcknowledge(new TimeoutException("secret"));
              clientA.send(HELLO, Map.of());
              clientA.failToAcknowledge(null);
            });

    assertEquals(503, answer.getHeader(Exchange.HTTP_RESPONSE_CODE));
    assertEquals("1", answer.getHeader("Retry-After", String.class));
    assertEquals(List.of(), clientA.stored());
    await()
        .until(
            () ->
                clientA.send(HELLO, Map.of()).getHeader(Exchange.HTTP_RESPONSE_CODE, int.class)
                    == 202);
  }

  @Test
  void doesNotBlameKafkaForWhatCourierDoesNotTakeItself() throws Exception {
    clientA.failToSend(new RejectedExecutionException("secret"));

    Message answer = clientA.send(HELLO, Map.of("Idempotency-Key", "a-key"));

    assertEquals(503, answer.getHeader(Exchange.HTTP_RESPONSE_CODE));
    assertEquals("1", answer.getHeader("Retry-After"));
    assertEquals("a-key", json(answer).path("id").textValue());
    assertFalse(json(answer).toString().matches(".*(Kafka|secret).*"), json(answer).toString());
  }

  @Test
  void tellsNothingOfAnErrorOfItsOwn() throws Exception {
    clientA.failToSend(new IllegalStateException("secret"));

    Message answer = clientA.send(HELLO, Map.of());

    assertEquals(500, answer.getHeader(Exchange.HTTP_RESPONSE_CODE));
    assertFalse(json(answer).toString().contains("secret"));
  }
}
