package courier.http.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.Problem;
import courier.http.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {
  private final JsonSchema schema = new JsonSchema("routes/client-a/message.schema.json");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'to':'b','message':'m'}               | from    | is missing: add the sender's name",
        "{'from':'a','to':'','message':'m'}     | to      | is empty: add the receiver's name",
        "{'from':'a','to':null,'message':'m'}   | to      | is of type null: send a string",
        "{'from':1,'to':'b','message':'m'}      | from    | is of type integer: send a string",
        "{'from':['a'],'to':'b','message':'m'}  | from    | is of type array: send a string",
        "{'from':'a','to':'b','message':'m','id':''} | id | is empty: add the message's id, if not assigned here",
        "{'from':'a','to':'b','to':'b','message':'m'} | to | is there twice: send it once",
        "{'x':[{'y':1,'y':{}}],'from':'a'}      | x/0/y   | is there twice: send it once",
        "{'from':'a','to':'b','message':'\\ud800'} | message | has one half of a surrogate pair: send both or none",
        "{'x':{'y':'\\udc00'},'from':'a'}       | x/y     | has one half of a surrogate pair: send both or none",
      })
  void namesTheFieldAndWhatToDo(String body, String field, String detail) {
    Refusal refusal = refusal(body.replace('\'', '"').replace("r\"s", "r's"));

    assertEquals(List.of(new Problem.FieldError(field, detail)), refusal.problem().errors());
    assertEquals("`" + field + "` " + detail + ".", refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                     | The body is empty",
        "`  `                   | The body is empty",
        "[]                     | The body is not a JSON object",
        "null                   | The body is not a JSON object",
        "\"text\"               | The body is not a JSON object",
        "{\"from\":\"a\"        | The body is not JSON at line 1, column",
        "{'from':'a'}           | The body is not JSON at line 1, column",
        "{\"\\udc00\":1}         | The body is not JSON at line 1, column",
        "{\"n\":NaN}            | The body is not JSON at line 1, column",
        "{\"n\":\"\u0001\"}     | The body is not JSON at line 1, column",
        "{} {}                  | The body goes on behind its JSON at line 1, column",
        "{} x                   | The body is not JSON at line 1, column",
      })
  void saysWhatToSendInsteadOfWhatIsNoObject(String body, String detail) {
    String message = refusal(body).getMessage();

    assertTrue(message.startsWith(detail), message);
    assertTrue(
        message.endsWith(
            "such as {\"from\":\"clientA\",\"to\":\"clientB\",\"message\":\"Hello\"}."),
        message);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    List<String> fields =
        refusal("{\"to\":\"\",\"id\":7}").problem().errors().stream()
            .map(Problem.FieldError::field)
            .sorted()
            .toList();

    assertEquals(List.of("from", "id", "message", "to"), fields);
  }

  @Test
  void countsCharactersForNamesAndBytesForTheMessage() {
    String name = "😀".repeat(128);
    String text = "€".repeat(5461) + "x";

    check(message(name, text));

    assertEquals(
        "`to` is longer than 128 characters: shorten it.",
        refusal(message(name + "x", text)).getMessage());
    assertEquals(
        "`message` is longer than 16384 bytes in UTF-8: shorten it.",
        refusal(message(name, text + "x")).getMessage());
  }

  @Test
  void saysThatThereIsAByteOrderMark() {
    String detail = refusal("\ufeff" + message("anna", "Hello")).getMessage();

    assertTrue(detail.startsWith("The body begins with a byte-order mark"), detail);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] latin = message("Zoë", "Hello").getBytes(ISO_8859_1);

    String detail = assertThrows(Refusal.class, () -> schema.check(latin)).getMessage();

    assertTrue(detail.startsWith("The body is not valid UTF-8"), detail);
  }

  @Test
  void refusesWhatIsBuiltToBreakAParser() {
    for (String bomb :
        List.of(
            "[".repeat(60_000),
            "{\"a\":".repeat(10_000),
            "{\"n\":" + "9".repeat(60_000) + "}",
            "{\"n\":1" + "e9".repeat(2) + "}")) {
      assertEquals(400, refusal(bomb).problem().status());
    }
    check("{\"n\":1e999999999," + message("b", "m").substring(1));
  }

  @Test
  void takesAnyOtherMember() {
    check("{\"x\":{\"y\":[1,null]}," + message("b", "m").substring(1));
  }

  @Test
  void refusesASchemaItCannotKeep(@TempDir Path folder) throws IOException {
    Path misspelt = Files.writeString(folder.resolve("misspelt.json"), "{\"maxLenght\": 1}");

    assertThrows(IllegalArgumentException.class, () -> new JsonSchema(misspelt.toString()));
    assertThrows(IllegalArgumentException.class, () -> new JsonSchema("no-such-file.json"));
  }

  private void check(String body) {
    schema.check(body.getBytes(UTF_8));
  }

  private Refusal refusal(String body) {
    return assertThrows(Refusal.class, () -> check(body));
  }

  private static String message(String to, String text) {
    return "{\"from\":\"a\",\"to\":\"" + to + "\",\"message\":\"" + text + "\"}";
  }
}
