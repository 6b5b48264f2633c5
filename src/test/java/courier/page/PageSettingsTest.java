package courier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageSettingsTest {
  @Test
  void anAddressToSendToIsAnOriginOfThePolicy() {
    String url = "https://send.example:8443/send-message";
    PageSettings settings = new PageSettings("clientB", 3000, url);
    assertEquals("https://send.example:8443", settings.sendOrigin());
    assertEquals(url, settings.toJson().getString("sendUrl"));
  }

  @ParameterizedTest
  @CsvSource({
    "clientB, clientB, clientB",
    "'anna, bert ,', anna, anna bert",
    "*, clientB, *",
    "'*,anna', anna, * anna"
  })
  void theFirstNameIsTheDefaultRecipient(String property, String first, String names) {
    JsonObject json = new PageSettings(property, 3000, null).toJson();
    assertEquals(first, json.getString("clientId"));
    assertEquals(List.of(names.split(" ")), json.getJsonArray("names").getList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/send-message", "javascript:alert(1)", "http:", "ftp://host/"})
  void whatIsNoAddressIsRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> new PageSettings("clientB", 3000, url));
  }
}
