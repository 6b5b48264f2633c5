package courier.page;

import static courier.page.Talker.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.chaos.proxy.TcpProxy;
import courier.fixture.CourierProcess;
import courier.fixture.FreePort;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/** Two people talk, each in a tab of the page; the second one's connection can be cut. */
@Tag("browser")
class TalkIT {
  @TempDir static Path folder;
  private static CourierProcess courier;
  private static TcpProxy network;
  private static String throughNetwork;

  private final String anna = "anna " + UUID.randomUUID();
  private final String bert = "bert " + UUID.randomUUID();
  private ChromeDriver browser;
  private Talker first;
  private Talker second;

  @BeforeAll
  static void start() throws Exception {
    Chromium.requireInstalled();
    int port = FreePort.next();
    throughNetwork = "http://localhost:" + port;
    courier = new CourierProcess(folder).with("CLIENT_B_NAME", "*");
    courier.with("HTTP_CORS_ORIGINS", courier.clientB() + "," + throughNetwork).start();
    network =
        new TcpProxy(
            InetAddress.getLoopbackAddress(), port, URI.create(courier.clientB()).getPort());
  }

  @AfterAll
  static void stop() throws Exception {
    if (network != null) {
      network.close();
    }
    if (courier != null) {
      courier.close();
    }
  }

  @BeforeEach
  void openBothTabs() {
    browser = Chromium.start();
    first = Talker.open(browser, page(courier.clientB(), anna));
    second = Talker.open(browser, page(throughNetwork, bert));
  }

  @AfterEach
  void close() {
    network.cut(false);
    browser.quit();
  }

  private static String page(String address, String name) {
    return address + "/?as=" + name.replace(' ', '+');
  }

  @Test
  void bothWaysLiveAndAfterAReload() {
    first.fill("to", bert);
    first.say("hello", "are you there?");
    soon().until(() -> second.listed().size() == 2);
    // Who was written to knows whom to answer.
    assertEquals(anna, second.field("to"));
    second.say("yes");
    soon().until(() -> first.listed().contains("yes"));

    List<String> talk = List.of("hello", "are you there?", "yes");
    for (Talker talker : List.of(first, second)) {
      assertEquals(talk, talker.listed());
      talker.reload();
      soon().untilAsserted(() -> assertEquals(talk, talker.listed()));
    }
    assertEquals(anna, first.field("from"));
    assertEquals(bert, first.field("to"));
  }

  @Test
  void nothingIsMissingAndNothingTwiceAfterATimeOffline() {
    first.fill("to", bert);
    second.fill("to", anna);
    first.say("before");
    soon().until(() -> second.listed().contains("before"));

    network.cut(true);
    second.awaitState("reconnecting");
    String[] meanwhile =
        IntStream.range(0, 60).mapToObj(i -> "meanwhile " + i).toArray(String[]::new);
    first.say(meanwhile);
    second.say("sent without a connection");
    assertEquals(List.of("before", "sent without a connection"), second.listed());
    network.cut(false);

    second.awaitState("connected");
    first.say("after");
    soon().until(() -> second.listed().contains("after"));
    // What was missed comes before what is live, or by HTTP a little later.
    List<String> all =
        Stream.concat(
                Stream.of("before", "sent without a connection", "after"), Stream.of(meanwhile))
            .sorted()
            .toList();
    for (Talker talker : List.of(first, second)) {
      soon().untilAsserted(() -> assertEquals(all, talker.listed().stream().sorted().toList()));
    }
  }

  @Test
  void anotherNameIsAnotherPerson() {
    String carl = "carl " + UUID.randomUUID();
    first.fill("to", bert);
    first.say("for bert");
    soon().until(() -> second.listed().contains("for bert"));

    second.fill("from", carl);
    second.awaitState("connected");
    soon().until(() -> second.listed().isEmpty());
    first.say("for bert alone");
    first.fill("to", carl);
    first.say("for carl");

    soon().until(() -> second.listed().contains("for carl"));
    assertEquals(List.of("for carl"), second.listed());
    assertTrue(browser.getCurrentUrl().contains("as=carl"), browser.getCurrentUrl());
    second.fill("from", bert);
    soon()
        .untilAsserted(() -> assertEquals(List.of("for bert", "for bert alone"), second.listed()));
  }

  @Test
  void conversationsAreListedNewestFirstWithWhatIsUnread() {
    String carl = "carl " + UUID.randomUUID();
    first.fill("to", bert);
    first.say("to bert");
    send(carl, anna, "one");
    send(carl, anna, "two");
    soon().untilAsserted(() -> assertEquals(List.of(carl, bert), first.partners()));
    soon().untilAsserted(() -> assertEquals(List.of("2 unread"), first.unread()));
    first.reload();
    soon().untilAsserted(() -> assertEquals(List.of("2 unread"), first.unread()));
    assertEquals(List.of("to bert"), first.listed());

    first.open(carl);
    soon().untilAsserted(() -> assertEquals(List.of("one", "two"), first.listed()));
    assertEquals(carl, first.field("to"));
    first.say("answered by keyboard alone");
    soon().untilAsserted(() -> assertEquals(List.of(), first.unread()));
    first.reload();
    soon().untilAsserted(() -> assertEquals(3, first.listed().size()));
    assertEquals(List.of(carl, bert), first.partners());
    assertEquals(List.of(), first.unread());
  }

  @Test
  void ticksTellWhatWasDeliveredAndWhatWasRead() {
    first.fill("to", bert);
    first.say("hello", "are you there?");
    // The other tab is open, but nobody looks at it.
    soon().untilAsserted(() -> assertEquals(List.of("delivered", "delivered"), first.ticks()));
    soon().untilAsserted(() -> assertEquals(List.of(), second.unread()));
    assertEquals(List.of("hello", "are you there?"), second.listed());
    soon().untilAsserted(() -> assertEquals(List.of("read", "read"), first.ticks()));
    first.say("and now?");
    soon().untilAsserted(() -> assertEquals("delivered", first.ticks().get(2)));
    first.reload();
    soon().untilAsserted(() -> assertEquals(List.of("read", "read", "delivered"), first.ticks()));
  }

  @Test
  void ticksOfATimeOfflineAreThereAfterwards() {
    second.fill("to", anna);
    second.say("are you there?");
    network.cut(true);
    second.awaitState("reconnecting");
    soon().untilAsserted(() -> assertEquals(List.of("are you there?"), first.listed()));
    soon().untilAsserted(() -> assertEquals(List.of(), first.unread()));
    network.cut(false);

    second.awaitState("connected");
    soon().untilAsserted(() -> assertEquals(List.of("read"), second.ticks()));
  }

  @Test
  void whatIsReadInOneTabIsReadInTheOther() {
    String carl = "carl " + UUID.randomUUID();
    first.fill("to", bert);
    Talker other = Talker.open(browser, page(courier.clientB(), anna));
    other.fill("to", bert);
    send(carl, anna, "for both tabs");
    for (Talker tab : List.of(first, other)) {
      soon().untilAsserted(() -> assertEquals(List.of("1 unread"), tab.unread()));
    }
    other.open(carl);
    soon().untilAsserted(() -> assertEquals(List.of(), other.unread()));
    soon().untilAsserted(() -> assertEquals(List.of(), first.unread()));
  }

  @Test
  void olderMessagesOfOneConversationAreLoadedAboveWhatIsRead() {
    String carl = "carl " + UUID.randomUUID();
    List<String> texts = IntStream.range(0, 120).mapToObj(i -> "number " + i).toList();
    texts.forEach(text -> send(carl, anna, text));
    texts.forEach(text -> send(bert, anna, "of another one"));
    soon().untilAsserted(() -> assertEquals(List.of(bert, carl), first.partners()));
    first.reload();
    soon().untilAsserted(() -> assertEquals(List.of(bert, carl), first.partners()));
    first.open(carl);
    soon().untilAsserted(() -> assertEquals(texts.subList(70, 120), first.listed()));
    first.press("older");
    soon().untilAsserted(() -> assertEquals(texts.subList(20, 120), first.listed()));
    first.press("older");
    soon().untilAsserted(() -> assertEquals(texts, first.listed()));
  }

  private static void send(String from, String to, String message) {
    JsonObject json = new JsonObject(Map.of("from", from, "to", to, "message", message));
    assertEquals(202, courier.send(json.encode()).statusCode());
  }
}
