package courier.deadletter.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import courier.deadletter.DeskFixture;
import courier.http.Refusal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person finds among dead letters by a text, and what looking for it may cost. */
class LetterSearchTest {
  private static final int LETTERS = 12;

  @TempDir static Path folder;
  private static DeskFixture fixture;
  private static long now;

  @BeforeAll
  static void start() {
    fixture = new DeskFixture(folder);
    fixture.index.write(
        LongStream.range(0, LETTERS).mapToObj(i -> fixture.letter(i, "t1", List.of())).toList());
    set(3, "value", bytes("{\"message\":\"The INVOICE über 7\"}"));
    set(4, "key", bytes("key-of-four"));
    set(5, "headers", List.of(new Document("key", "x-shop").append("value", bytes("Berlin"))));
    set(6, "message", "it overflows");
    set(7, "value", new Binary(new byte[] {(byte) 0xff, 'n', 'o', 't', ' ', 'u', 't', 'f', '8'}));
    set(8, "notes", List.of(new Document("text", "asked the bank")));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static Binary bytes(String text) {
    return new Binary(text.getBytes(UTF_8));
  }

  private static void set(int letter, String member, Object value) {
    fixture.letters.updateOne(
        new Document("_id", "client-messages-0-" + letter),
        new Document("$set", new Document(member, value)));
  }

  /** The second hand of a clock that goes on by this at each look. */
  private static Exchange search(long nanosEach, Map<String, Object> parameters, Document among) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setVariable("selection", among);
    exchange.setVariable("masked", false);
    exchange.getMessage().setHeaders(new HashMap<>(parameters));
    new LetterSearch(fixture.mongo.client(), "courier", () -> now += nanosEach).answer(exchange);
    return exchange;
  }

  private static String text(Exchange answer) {
    return UTF_8.decode(answer.getMessage().getBody(ByteBuffer.class).duplicate()).toString();
  }

  private static List<String> ids(Exchange answer) throws Exception {
    JsonNode found = new ObjectMapper().readTree(text(answer));
    return found.findValuesAsText("_id");
  }

  @ParameterizedTest
  @CsvSource({
    "invoice, 3",
    "ÜBER 7, 3",
    "four, 4",
    "X-Shop, 5",
    "berlin, 5",
    "overflow, 6",
    "not utf8, 7",
    "the bank, 8",
    "client-messages-0-9, 9"
  })
  void findsATextInValueKeyHeadersReasonAndNotes(String text, int letter) throws Exception {
    Exchange answer = search(0, Map.of("q", text), new Document());
    assertEquals(List.of("client-messages-0-" + letter), ids(answer));
    assertNull(answer.getMessage().getHeader("Link"));
    assertFalse(text(answer).contains("\"value\""), text(answer));
  }

  @Test
  void looksOnlyAtWhatIsSelected() throws Exception {
    assertEquals(
        List.of(), ids(search(0, Map.of("q", "invoice"), new Document("state", "parked"))));
  }

  @Test
  void goesOnWhereItEndedWhenItsPageIsFullOrItsTimeIsOver() throws Exception {
    for (long nanosEach : List.of(0L, 700_000_000L)) {
      List<String> found = new ArrayList<>();
      String before = null;
      int pages = 0;
      do {
        Map<String, Object> parameters = new HashMap<>(Map.of("q", "anna", "limit", "3"));
        if (before != null) {
          parameters.put("before", before);
        }
        Exchange answer = search(nanosEach, parameters, new Document());
        found.addAll(ids(answer));
        String link = answer.getMessage().getHeader("Link", String.class);
        before = link == null ? null : link.replaceAll(".*before=([^&>]*).*", "$1");
        pages++;
      } while (before != null);
      assertEquals(LETTERS, found.size(), "by the sender");
      assertEquals(LETTERS, List.copyOf(new TreeSet<>(found)).size());
      assertTrue(pages >= LETTERS / 3, pages + " pages");
    }
  }

  @Test
  void saysWhatIsWrongWithWhatItLooksFor() {
    for (String q : List.of("", " ", "x".repeat(201))) {
      Refusal refusal =
          assertThrows(Refusal.class, () -> search(0, Map.of("q", q), new Document()));
      assertEquals(400, refusal.problem().status());
    }
    Exchange masked = new DefaultExchange(new DefaultCamelContext());
    LetterSearch search = new LetterSearch(fixture.mongo.client(), "courier");
    assertEquals(403, assertThrows(Refusal.class, () -> search.answer(masked)).problem().status());
  }
}
