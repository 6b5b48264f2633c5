package courier.page;

import static courier.page.Talker.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.fixture.SharedCourier;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.chrome.ChromeDriver;

/** What the page says of names when client B keeps the messages of one alone. */
@Tag("browser")
@ExtendWith(SharedCourier.class)
class NamesOnThePageIT {
  private final CourierProcess courier;
  private ChromeDriver browser;

  NamesOnThePageIT(CourierProcess courier) {
    this.courier = courier;
  }

  @BeforeEach
  void start() {
    Chromium.requireInstalled();
    browser = Chromium.start();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void theDefaultRecipientSitsHereAndWritesWhereItIsKept() {
    Talker talker = Talker.open(browser, courier.clientB());

    assertEquals("clientB", talker.field("from"));
    assertEquals("clientB", talker.field("to"));
    assertEquals(List.of("", ""), List.of(talker.text("from-hint"), talker.text("to-hint")));
  }

  @Test
  void aHintTellsOfARecipientWhoseMessagesAreNotKeptAndTheyAreSentAllTheSame() {
    Talker talker = Talker.open(browser, courier.clientB());
    talker.fill("to", "nobody");

    assertEquals(
        "Client B keeps no messages for nobody: client-b.name (CLIENT_B_NAME) decides.",
        talker.text("to-hint"));
    talker.say("to nobody");
    assertEquals("to nobody", talker.newest());
    talker.fill("to", "clientB");
    assertEquals("", talker.text("to-hint"));
  }

  @Test
  void theServersReasonIsShownWhenItDoesNotConnectAName() {
    Talker talker = Talker.open(browser, courier.clientB());
    talker.fill("from", "stranger");

    soon().until(() -> talker.text("refusal").contains("stranger"));
    assertTrue(talker.text("refusal").contains("client-b.name"), talker.text("refusal"));
    assertTrue(talker.text("from-hint").contains("client-b.name"), talker.text("from-hint"));
    talker.fill("from", "clientB");
    talker.awaitState("connected");
    assertEquals("", talker.text("refusal"));
  }
}
