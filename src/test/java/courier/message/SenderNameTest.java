package courier.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"to\":\"bert\"}                  | {\"from\":\"an\\\"na\",\"to\":\"bert\"}",
        "{ }                                | {\"from\":\"an\\\"na\" }",
        "{\"a\":{\"from\":1},\"b\":[{}]}    | {\"from\":\"an\\\"na\",\"a\":{\"from\":1},\"b\":[{}]}",
        "{\"n\":1e400}                      | {\"from\":\"an\\\"na\",\"n\":1e400}",
        "{\"to\":\"bert\",\"from\":\"carl\"}| {\"to\":\"bert\",\"from\":\"carl\"}",
        "{\"from\":null}                    | {\"from\":null}",
        "[{}]                               | [{}]",
        "\"text\"                           | \"text\"",
        "null                               | null",
      })
  void isAddedWhereAMessageHasNone(String sent, String made) throws Exception {
    assertEquals(made, SenderName.add(sent, "an\"na"));
  }

  @Test
  void isNotAddedWhenThereIsNone() throws Exception {
    assertEquals("{}", SenderName.add("{}", null));
    assertNull(SenderName.add(null, "anna"));
  }
}
