package courier.page;

import static courier.page.Talker.soon;

import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** What somebody sees who has to sign in, and may do by keyboard. */
record SignInPage(ChromeDriver browser) {
  void awaitAsked() {
    soon()
        .until(
            () ->
                shows("#sign-in[open]")
                    && "token".equals(browser.switchTo().activeElement().getDomAttribute("id")));
  }

  /** Pastes it, and says that it is there. */
  void sendToken(String token) {
    WebElement field = browser.findElement(By.id("token"));
    field.clear();
    browser.executeCdpCommand("Input.insertText", Map.of("text", token)); // as pasted
    field.sendKeys(Keys.ENTER);
  }

  void signIn(String token) {
    sendToken(token);
    awaitConnected();
  }

  void awaitConnected() {
    soon().until(() -> !shows("#sign-in[open]") && shows("#connection[data-state='connected']"));
  }

  void type(String field, String text) {
    browser.findElement(By.id(field)).sendKeys(text);
  }

  /** Types it behind what is there, and waits until it was sent. */
  void say(String text) {
    type("message", text + Keys.ENTER);
    soon().until(() -> messages().stream().anyMatch(each -> each.endsWith(text)));
  }

  void press(String button) {
    browser.findElement(By.id(button)).sendKeys(Keys.SPACE);
  }

  void click(String selector) {
    browser.findElement(By.cssSelector(selector)).click();
  }

  /** Opens the first dead letter. */
  void openLetter() {
    for (String summary :
        List.of("#dead-letters", "#dead-list > li > details", "#dead-list .rows details")) {
      soon().until(() -> shows(summary + " > summary"));
      browser.findElement(By.cssSelector(summary + " > summary")).sendKeys(Keys.ENTER);
    }
    soon().until(() -> shows(".letter .history li"));
  }

  /** All of the open conversation, newest last. */
  List<String> messages() {
    Object texts =
        browser.executeScript(
            "return [...document.querySelectorAll('#messages .text')].map(e => e.textContent)");
    return ((List<?>) texts).stream().map(String::valueOf).toList();
  }

  boolean shows(String selector) {
    return (Boolean)
        browser.executeScript(
            "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility())",
            selector);
  }

  String text(String id) {
    return browser.findElement(By.id(id)).getText().strip().replaceAll("\\s+", " ");
  }

  String value(String id) {
    return browser.findElement(By.id(id)).getDomProperty("value");
  }

  /** What the browser keeps of this page that begins so. */
  String stored(String beginning) {
    return (String)
        browser.executeScript(
            "return [localStorage, sessionStorage].flatMap(kept => Object.values(kept))"
                + ".filter(each => each.startsWith(arguments[0])).join()",
            beginning);
  }
}
