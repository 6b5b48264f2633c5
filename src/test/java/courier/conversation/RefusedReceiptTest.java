package courier.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who emits a receipt that cannot be noted is told why, and nothing is noted. */
class RefusedReceiptTest extends ReceiptRoutes {
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "null", "1", "[]", "{}", "[\"m1\"]", "\"\"", "\"m1"})
  void refusesWhatIsNoId(String argument) throws Exception {
    stored("m1", 0, 1);
    String answer =
        context.createProducerTemplate().requestBody("direct:read", argument, String.class);

    assertEquals(400, problem(answer).path("status").asInt());
    assertEquals(
        "Send the `_id` of a message, as a string.", problem(answer).path("detail").asText());
  }

  @Test
  void refusesAMessageThatThereIsNot() throws Exception {
    for (String id : List.of("m1", "x".repeat(2_000), "$ne", "\\u0000", "\\ud800")) {
      JsonNode problem = problem(emits("read", id));
      assertEquals(404, problem.path("status").asInt(), id);
      assertEquals("There is no message with this id.", problem.path("detail").asText());
    }
    assertEquals(List.of(), receipts());
  }

  @Test
  void refusesAMessageForSomebodyElse() throws Exception {
    stored("m1", 0, 1);
    for (String name : new String[] {"anna", "carl", "", null}) {
      assertEquals(403, problem(emits("read", "m1", name)).path("status").asInt(), name);
    }
    assertEquals(List.of(), receipts());
  }

  @Test
  void isAnsweredInWordsWithoutTheStore() throws Exception {
    stored("m1", 0, 1);
    mongo.mongo().close();

    JsonNode problem = problem(emits("read", "m1"));
    assertEquals(503, problem.path("status").asInt());
    assertTrue(problem.path("detail").asText().startsWith("The message store"));
  }
}
