package courier.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdempotencyKeyTest {
  private final ObjectNode sent = JsonNodeFactory.instance.objectNode();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a-key              | a-key",
        "` a-key `          | a-key",
        "8e03978e-40d5-43e8 | 8e03978e-40d5-43e8",
        "\"a key\"          | a key",
        "\"a \\\"b\\\" \\\\ c\" | a \"b\" \\ c",
      })
  void isTheIdQuotedOrBare(String header, String id) {
    assertEquals(id, IdempotencyKey.idOf(sent, header));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``          | is empty",
        "\"\"        | is empty",
        "\"a         | is not one string of printable ASCII",
        "\"a\\b\"    | is not one string of printable ASCII",
        "\"a\";b     | is not one string of printable ASCII",
        "é           | is not one string of printable ASCII",
        "an-other-id | is not the `id` in the body",
      })
  void isRefusedWhenItCannotBeTheId(String header, String detail) {
    sent.put("id", "an-id");

    assertRefused(header, detail);
  }

  @Test
  void isRefusedWhenItIsTooLongOrSentTwice() {
    assertEquals("k".repeat(128), IdempotencyKey.idOf(sent, "k".repeat(128)));
    assertRefused("k".repeat(129), "is longer than 128 characters");
    assertRefused(List.of("a", "a"), "is not one string");
  }

  @Test
  void mayBeLeftOutOrAgreeWithTheBody() {
    assertNull(IdempotencyKey.idOf(sent, null));
    sent.put("id", "an-id");
    assertEquals("an-id", IdempotencyKey.idOf(sent, null));
    assertEquals("an-id", IdempotencyKey.idOf(sent, "\"an-id\""));
  }

  private void assertRefused(Object header, String detail) {
    String message =
        assertThrows(Refusal.class, () -> IdempotencyKey.idOf(sent, header)).getMessage();

    assertTrue(message.startsWith("`Idempotency-Key` " + detail), message);
  }
}
