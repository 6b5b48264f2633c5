package courier.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import courier.http.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageSelectionTest {
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  private Document selectionOf(Object clientId) {
    exchange.getMessage().setHeader("clientId", clientId);
    new MessageSelection().query(exchange);
    return exchange.getVariable("selection", Document.class);
  }

  @Test
  void isOfAllMessagesWithoutAName() {
    assertEquals(new Document(), selectionOf(null));
  }

  @Test
  void isOfWhatSomebodySentOrGot() {
    for (String name : List.of("anna", "$ne", "{}", "😀".repeat(128))) {
      assertEquals(
          new Document("$or", List.of(new Document("from", name), new Document("to", name))),
          selectionOf(name));
    }
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of("", "`clientId` is empty: give a name, or leave it out for all messages."),
        Arguments.of(
            "x".repeat(129),
            "`clientId` is longer than a name can be: give at most 128 characters."),
        Arguments.of(List.of("anna", "bert"), "`clientId` is there twice: send it once."));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isRefusedWhenItIsNobodys(Object clientId, String detail) {
    assertEquals(detail, assertThrows(Refusal.class, () -> selectionOf(clientId)).getMessage());
  }
}
