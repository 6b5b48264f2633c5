package courier.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

/** What somebody without a mouse can do with a page. */
record Keyboard(ChromeDriver browser) {
  private static final int FAR = 250;

  /** Types where the focus is. */
  void type(CharSequence... keys) {
    browser.switchTo().activeElement().sendKeys(keys);
  }

  /** Goes there with the tab key, and types. */
  void press(String selector, CharSequence... keys) {
    reach(selector);
    type(keys);
  }

  void reach(String selector) {
    for (int tabs = 0; !isAt(selector); tabs++) {
      assertTrue(tabs < FAR, () -> "the tab key does not lead to " + selector);
      type(Keys.TAB);
    }
  }

  boolean isAt(String selector) {
    return (Boolean)
        browser.executeScript("return document.activeElement.matches(arguments[0])", selector);
  }
}
