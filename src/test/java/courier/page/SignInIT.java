package courier.page;

import static courier.page.Talker.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.ForeignProducer;
import courier.identity.SignedCourier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page of a Courier that asks who somebody is, in real Chromium. */
@Tag("browser")
class SignInIT {
  private static final String LETTER = "{\"from\":\"zoe\",\"to\":\"bert\"} a secret word";

  @TempDir static Path folder;
  private static SignedCourier courier;
  private static ChromeDriver browser;
  private static SignInPage page;

  @BeforeAll
  static void start() throws Exception {
    Chromium.requireInstalled();
    courier = new SignedCourier(folder);
    courier.process.start();
    try (ForeignProducer others = new ForeignProducer(courier.process.brokers())) {
      others.send("client-messages", "key of zoe", LETTER);
    }
    browser = Chromium.start();
    page = new SignInPage(browser);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (courier != null) {
      courier.close();
    }
  }

  /** In a tab of its own, which remembers nothing of the test before. */
  @BeforeEach
  void open() {
    browser.switchTo().newWindow(WindowType.TAB);
    browser.get(courier.process.clientB() + "/?as=mallory");
    page.awaitAsked();
  }

  @Test
  void aClientSignsInTalksAndSignsOut() {
    page.sendToken("hello");
    assertTrue(page.text("token-error").startsWith("That is no token"), page.text("token-error"));
    String foreign = courier.token(claims -> claims.issuer("https://evil.example"));
    page.sendToken(foreign);
    soon().until(() -> page.text("token-error").startsWith("The token is not for this server"));
    assertFalse(page.shows("#conversations li"));

    page.signIn(courier.token("anna", "client"));
    assertEquals("anna", page.value("from"));
    assertFalse(browser.getCurrentUrl().contains("mallory"), browser.getCurrentUrl());
    assertFalse(page.shows("#dead-letters, #views"));
    page.type("to", "bert");
    page.say("from anna herself");
    assertEquals("", page.stored("ey"));

    page.press("sign-out");
    page.awaitAsked();
    assertEquals("", page.text("sign-in-why"));
    assertFalse(browser.getPageSource().contains("from anna herself"));
    assertEquals("list", page.stored(""));
  }

  @Test
  void whoseTokenIsOverGoesOnWithANewOneWhereSomebodyWas() {
    String bert = courier.token("bert", "client");
    page.signIn(courier.token("carl", 8));
    page.type("to", "bert");
    page.say("before");
    page.type("message", "half a sen");
    soon().until(() -> page.text("expiry").startsWith("Your token is good until"));
    soon().until(() -> page.text("sign-in-why").startsWith("The token has expired"));
    assertEquals(
        202,
        courier
            .ask(
                "POST",
                courier.process.clientA() + "/send-message",
                bert,
                "{\"from\":\"bert\",\"to\":\"carl\",\"message\":\"meanwhile\"}")
            .statusCode());

    page.sendToken(bert);
    soon().until(() -> page.text("token-error").contains("Sign out first"));
    page.signIn(courier.token("carl", "client"));

    soon().until(() -> page.messages().contains("meanwhile"));
    assertEquals(List.of("before", "meanwhile"), page.messages());
    assertEquals("half a sen", page.value("message"));
    assertEquals("", page.text("expiry"));
    page.say("tence");
    assertTrue(page.messages().contains("half a sentence"), page.messages()::toString);
  }

  @Test
  void aSendThatIsRefusedIsMadeAgainWithTheNewToken() {
    String token = courier.token("dora", "client");
    page.signIn(token);
    page.type("to", "bert");
    page.type("message", "said once");
    courier.ask(
        "POST",
        courier.process.clientB() + "/token-revocations",
        courier.token("olga", "operator"),
        "{\"person\":\"dora\"}");
    soon().until(() -> page.text("sign-in-why").startsWith("The token was revoked"));
    browser.executeScript("document.getElementById('send').requestSubmit()");
    Date later = Date.from(Instant.now().plusSeconds(2)); // a revocation is for what was before
    page.signIn(
        courier.token(claims -> claims.subject("dora").issueTime(later).notBeforeTime(null)));
    soon().until(() -> page.messages().equals(List.of("said once")));
  }

  @Test
  void aViewerSeesTheDeskWithoutPeopleAndMayDoNothing() {
    page.signIn(courier.token("vic", "viewer"));
    page.openLetter();

    String desk = page.text("dead-letters");
    assertTrue(desk.contains("for operators"), desk);
    for (String word : List.of("undefined", "null", "NaN", "secret", "zoe")) {
      assertFalse(desk.contains(word), desk);
    }
    assertFalse(page.shows("#dead-list button, #dead-list input, #dead-who, #dead-sender"));
    assertFalse(page.shows("#show-doctor, #show-people"));
    page.click("#show-routes");
    soon().until(() -> page.shows("#flow-map button") && page.shows("#files summary"));
    page.click("[data-file='me.camel.yaml'] summary");
    soon().until(() -> page.text("files").contains("Version 1"));
    assertFalse(page.shows("#files button"));
  }

  @Test
  void anOperatorActsInTheNameOfTheTokenAndStaysOverAReload() {
    page.press("keep");
    page.signIn(courier.token("olga", "operator"));
    page.openLetter();
    assertTrue(page.text("dead-letters").contains("a secret word"), page.text("dead-letters"));
    assertFalse(page.shows("#dead-who"));

    page.click(".letter .actions button:nth-child(3)");
    soon().until(() -> page.text("dead-letters").contains("by olga"));
    page.click("#dead-undo");
    soon().until(() -> page.text("dead-status").contains("is back"));

    browser.navigate().refresh();
    page.awaitConnected();
    assertEquals("olga operator Sign out", page.text("me"));
    page.press("sign-out");
    page.awaitAsked();
    assertEquals("", page.stored("ey"));
  }

  @Test
  void anOperatorIsToldWhatTheDoctorFoundErasesAndRevokes() {
    page.signIn(courier.token("olga", "operator"));
    page.click("#show-doctor");
    soon().until(() -> page.text("doctor-findings").contains("kafka.brokers=broker1:9092"));

    page.click("#show-people");
    page.type("erase-person", "yves" + Keys.ENTER);
    page.type("confirm-word", "yve" + Keys.ENTER);
    assertTrue(page.shows(".confirm"));
    page.type("confirm-word", "s" + Keys.ENTER);
    soon().until(() -> page.text("erasures").startsWith("yves"));
    page.click("#erasures summary");
    soon().until(() -> page.text("erasures").contains("Asked by olga"));

    String mona = courier.token("mona", "client");
    page.type("revoke-whose", "mona" + Keys.ENTER);
    page.click(".confirm .primary");
    soon().until(() -> page.text("revoked").startsWith("Revoked: all tokens that mona has"));
    String me = courier.process.clientB() + "/me";
    soon().until(() -> courier.ask("GET", me, mona, null).statusCode() == 401);
  }
}
