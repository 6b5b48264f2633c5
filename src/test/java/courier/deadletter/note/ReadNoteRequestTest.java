package courier.deadletter.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import courier.http.Refusal;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of what a person says of dead letters. */
class ReadNoteRequestTest {
  private static NoteRequest read(String schema, String json) {
    Message request = new DefaultExchange(new DefaultCamelContext()).getMessage();
    request.setHeader("id", "one");
    request.setHeader(Exchange.CONTENT_TYPE, "application/json");
    request.setBody(json);
    String file = "routes/client-b/dead-letter-%s.schema.json".formatted(schema);
    return new ReadNoteRequest(file).read(request);
  }

  @Test
  void tagsAreReadWithoutBlanksAround() {
    assertEquals(
        new NoteRequest("one", "anna", null, List.of("the bank"), List.of()),
        read("tags", "{\"by\":\"anna\",\"add\":[\" the bank \"]}"));
    assertEquals("seen", read("note", "{\"text\":\"seen\"}").text());
    assertEquals("late", read("hold", "{\"why\":\"late\"}").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"add\":[]}",
        "{\"add\":[\"\"]}",
        "{\"add\":[\" \"]}",
        "{\"add\":[\"a\\nb\"]}",
        "{\"add\":[1]}",
        "{\"add\":[\"12345678901234567890123456789012345678901\"]}",
        "{\"text\":\"?\"}"
      })
  void tagsThatAreNoneAreRefused(String json) {
    Refusal refusal = assertThrows(Refusal.class, () -> read("tags", json));
    assertEquals(400, refusal.problem().status());
  }
}
