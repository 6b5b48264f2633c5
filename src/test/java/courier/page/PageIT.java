package courier.page;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page in real Chromium, by keyboard. */
@Tag("browser")
class PageIT {
  @TempDir static Path folder;
  private static CourierProcess courier;
  private static ChromeDriver browser;

  @BeforeAll
  static void start() {
    Chromium.requireInstalled();
    courier = new CourierProcess(folder);
    courier.start();
    browser = Chromium.start();
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
    browser.get(courier.clientB());
    awaitConnected();
  }

  private static void awaitConnected() {
    await()
        .until(
            () ->
                "connected"
                    .equals(
                        browser.findElement(By.id("connection")).getDomAttribute("data-state")));
  }

  @Test
  void showsATypedMessageLiveOnceAndOnceAfterAReload() {
    type("typed by hand" + Keys.ENTER);

    await().until(() -> shown("typed by hand") == 1);
    // What comes after it has arrived, so a second showing of the first would be there too.
    type("and another one" + Keys.ENTER);
    await().until(() -> shown("and another one") == 1);
    assertEquals(1, shown("typed by hand"));

    browser.navigate().refresh();
    awaitConnected();
    await().until(() -> shown("and another one") == 1);
    assertEquals(1, shown("typed by hand"));
  }

  @Test
  void showsMarkupAsText() {
    courier.send(
        "{\"from\":\"<b>x</b>\",\"to\":\"clientB\",\"message\":\"<img src=x onerror=alert(1)>\"}");

    By conversation = By.cssSelector("#conversations [title='<b>x</b>']");
    await().until(() -> !browser.findElements(conversation).isEmpty());
    browser.findElement(conversation).click();
    await().until(() -> shown("<img src=x onerror=alert(1)>") == 1);
    assertTrue(
        browser.findElements(By.cssSelector("#panes img, #panes b")).stream()
            .noneMatch(
                element ->
                    "b".equals(element.getTagName())
                        || "x".equals(element.getDomAttribute("src"))));
  }

  @Test
  void tellsWhatIsWrongNextToTheField() {
    browser.findElement(By.id("to")).clear();
    browser.findElement(By.id("message")).click();
    // Whoever writes now is not taken for the one to write to.
    courier.send("{\"from\":\"eager\",\"to\":\"clientB\",\"message\":\"hello\"}");
    By eager = By.cssSelector("#conversations [title='eager']");
    await().until(() -> !browser.findElements(eager).isEmpty());
    type("to nobody" + Keys.ENTER);

    await().until(() -> !browser.findElement(By.id("to-error")).getText().isBlank());
    assertEquals(0, shown("to nobody"));
  }

  @Test
  void showsDeadLettersWithTheirReason() {
    courier.send("{\"from\":\"a\",\"to\":\"clientB\",\"message\":\"poison\",\"$bad\":1}");
    WebElement section = browser.findElement(By.cssSelector("#dead-letters summary"));
    section.sendKeys(Keys.ENTER);

    await().until(() -> browser.findElement(By.id("dead-list")).getText().contains("$bad"));
  }

  @Test
  void showsWhatFlowsThroughTheStepsOfARoute() {
    browser.findElement(By.id("show-routes")).sendKeys(Keys.ENTER);
    press("//ul[@id='flow-alone']//button[starts-with(., 'me ')]");

    String step = ".step[title='me.access-me'] .figures";
    awaitText(step, "0");
    courier.get(courier.clientB() + "/me");
    awaitText(step, "[1-9].*");
    press("//ol//button[starts-with(., 'handle-records')]");
    press("//section[contains(@class, 'steps-of')]//button[contains(., 'store-message')]");
    awaitText("#flow-route", ".*mongodb:mongo.*");
  }

  @Test
  void tellsOfARefusedSaveAndWritesBackWhatRuns() throws IOException {
    Path file = folder.resolve("routes/client-b/me.camel.yaml");
    String before = Files.readString(file);
    browser.findElement(By.id("show-routes")).sendKeys(Keys.ENTER);
    Files.writeString(file, before.replace("ref: access", "ref: acces"));

    String row = "[data-file='me.camel.yaml']";
    awaitText(row, ".*refused, version 1 runs.*");
    press("//li[@data-file='me.camel.yaml']//summary");
    awaitText(row, ".*me.camel.yaml:12.*");
    press("//button[@aria-label='Roll back to version 1']");
    press("//dialog[contains(@class, 'confirm')]//button[text() = 'Roll back']");
    awaitText(row, "me.camel.yaml live.*Version 3 runs now live.*");
    assertEquals(before, Files.readString(file));
  }

  private static void awaitText(String selector, String pattern) {
    await()
        .ignoreExceptions()
        .until(
            () ->
                browser
                    .findElement(By.cssSelector(selector))
                    .getText()
                    .strip()
                    .replaceAll("\\s+", " ")
                    .matches(pattern));
  }

  @Test
  void showsTheContractUnderItsPolicy() {
    browser.get(courier.clientB() + "/api/");
    By list = By.cssSelector("[id$='listMessages'] button");
    await().until(() -> !browser.findElements(list).isEmpty());
    browser.findElement(list).click();
    await()
        .until(
            () -> browser.findElement(By.id("http")).getText().contains("With limit it is a page"));
    browser.get(courier.clientB() + "/api/?show=client-a");
    await().until(() -> !browser.findElements(By.cssSelector("[id$='sendMessage']")).isEmpty());
    browser.get(courier.clientB() + "/api/?show=events");
    await().until(() -> browser.findElement(By.id("events")).getText().contains("newMessage"));
  }

  @Test
  void needsNoSidewaysScrollingOnAPhone() {
    browser.manage().window().setSize(new Dimension(500, 800));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
    try {
      for (String view : List.of("", "routes", "doctor", "people")) {
        Object overflow =
            browser.executeScript(
                "location.hash = arguments[0]; return new Promise(done => setTimeout(() => done("
                    + "document.documentElement.scrollWidth > document.documentElement.clientWidth)))",
                view);
        assertFalse((Boolean) overflow, view);
      }
    } finally {
      browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  private static void press(String button) {
    By found = By.xpath(button);
    await().until(() -> !browser.findElements(found).isEmpty());
    browser.findElement(found).sendKeys(Keys.ENTER);
  }

  private static void type(String text) {
    WebElement message = browser.findElement(By.id("message"));
    message.clear();
    message.sendKeys(text);
  }

  /** In one look, as the list may change between two. What is scrolled out of sight counts. */
  private static long shown(String text) {
    Object count =
        browser.executeScript(
            "return [...document.querySelectorAll('#messages > li')]"
                + ".filter((message) => message.checkVisibility())"
                + ".filter((message) => message.textContent.includes(arguments[0])).length",
            text);
    return (Long) count;
  }
}
