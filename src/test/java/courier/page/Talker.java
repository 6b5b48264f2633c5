package courier.page;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
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

  /** In front of the other tabs, as somebody who looks at it has it. */
  private ChromeDriver here() {
    if (!tab.equals(browser.getWindowHandle())) {
      browser.switchTo().window(tab);
      browser.executeCdpCommand("Page.bringToFront", Map.of());
    }
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

  /** How far the messages of one's own have come, as a screen reader says it. */
  List<String> ticks() {
    return texts("#messages > .mine .ticks");
  }

  /** The partners of all conversations, newest first. */
  List<String> partners() {
    return texts("#conversations .partner");
  }

  /** What is unread in the conversations, in their order. */
  List<String> unread() {
    return texts("#conversations .unread:not([hidden])");
  }

  /** Opens a conversation by keyboard. */
  void open(String partner) {
    WebElement list = here().findElement(By.id("conversations"));
    list.findElement(By.cssSelector("button")).sendKeys(Keys.HOME);
    for (int down = partners().indexOf(partner); down > 0; down--) {
      browser.switchTo().activeElement().sendKeys(Keys.ARROW_DOWN);
    }
    browser.switchTo().activeElement().sendKeys(Keys.ENTER);
    soon().until(() -> browser.switchTo().activeElement().getDomAttribute("id").equals("message"));
  }

  void press(String button) {
    here().findElement(By.id(button)).sendKeys(Keys.ENTER);
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
    return await().ignoreExceptions();
  }
}
