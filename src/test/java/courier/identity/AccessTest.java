package courier.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import courier.http.Refusal;
import courier.identity.token.Identity;
import courier.identity.token.Role;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class AccessTest {
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  private String me(boolean asks) {
    new Access(asks).me(exchange);
    return exchange.getMessage().getBody(String.class);
  }

  @Test
  void tellsWhoAsksAndUntilWhen() {
    Instant end = Instant.parse("2030-01-02T03:04:05Z");
    Access.introduce(
        exchange, new Identity("an\"na", Role.VIEWER, "id of the token", Instant.EPOCH, end));

    assertEquals(
        "{\"name\":\"an\\\"na\",\"role\":\"viewer\",\"expires\":\"2030-01-02T03:04:05Z\"}",
        me(true));
  }

  @Test
  void tellsThatNobodyIsAsked() {
    assertEquals("{\"name\":null,\"role\":\"operator\",\"expires\":null}", me(false));
  }

  @Test
  void tellsNothingToWhomIsNotKnown() {
    assertEquals(401, assertThrows(Refusal.class, () -> me(true)).problem().status());
  }
}
