package courier;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** Somebody at the page, in a tab of their own. */
record Talker(ChromeDriver browser, String tab) {
  /** Opens the page in a new tab. */
  static Talker open(ChromeDriver browser, String address) {
    browser.switchTo().newWindow(WindowType.TAB);
    Talker talker = new Talker(browser, browser.getWindowHandle());
    browser.get(address);
    talker.awaitState("connected");
    return talker;
  }

  private ChromeDriver here() {
    browser.switchTo().window(tab);
    return browser;
  }

  void say(String... texts) {
    WebElement message = here().findElement(By.id("message"));
    for (String text : texts) {
      message.sendKeys(text + Keys.ENTER);
      soon().until(() -> texts("#messages > .mine > .text").contains(text));
    }
  }

  /** Types into a field, and leaves it. */
  void fill(String id, String text) {
    here().findElement(By.id(id)).sendKeys(Keys.chord(Keys.CONTROL, "a"), text + Keys.TAB);
  }

  String field(String id) {
    return here().findElement(By.id(id)).getDomProperty("value");
  }

  String text(String id) {
    return here().findElement(By.id(id)).getText();
  }

  void reload() {
    here().navigate().refresh();
    awaitState("connected");
  }

  void awaitState(String state) {
    soon()
        .until(
            () ->
                state.equals(
                    here().findElement(By.id("connection")).getDomAttribute("data-state")));
  }

  /** All of the open conversation, newest last. */
  List<String> listed() {
    return texts("#messages > li > .text");
  }

  /** Not all of them, of which the driver cannot read every character. */
  String newest() {
    return texts("#messages > li:last-child > .text").get(0);
  }

  /** At once, since the list may change between two calls. */
  private List<String> texts(String selector) {
    Object texts =
        here()
            .executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)",
                selector);
    return ((List<?>) texts).stream().map(String::valueOf).toList();
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).ignoreExceptions();
  }
}
