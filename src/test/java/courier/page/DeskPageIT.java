package courier.page;

import static courier.page.DeskPage.VALUE;
import static courier.page.DeskPage.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The dead-letter desk of the page in real Chromium, by nothing but the keyboard. */
@Tag("browser")
class DeskPageIT {
  private static final int EDIT = 2;
  private static final int DISCARD = 3;
  private static final String UNDO = Keys.chord(Keys.CONTROL, "z");

  @TempDir static Path folder;
  private static CourierProcess courier;
  private static DeskPage desk;
  private static Keyboard keyboard;

  private String id;

  @BeforeAll
  static void start() {
    Chromium.requireInstalled();
    courier = new CourierProcess(folder);
    courier.start();
    desk = new DeskPage(courier);
    keyboard = desk.keyboard;
  }

  @AfterAll
  static void stop() {
    if (desk != null) {
      desk.close();
    }
    if (courier != null) {
      courier.close();
    }
  }

  @BeforeEach
  void openTheGroupOfALetter() throws Exception {
    id = desk.fail();
    desk.openGroupOf(id);
  }

  @Test
  void showsGroupsAndTheFactsAndBytesOfALetter() {
    String group = desk.text(desk.group("summary"));
    assertTrue(group.contains("`message` is missing"), group);
    assertTrue(group.contains("invalid-member"), group);
    assertTrue(group.contains(" open of "), group);

    desk.open(id);
    String letter = desk.row(id) + " .letter";
    soon()
        .until(() -> desk.text(letter).contains("courier.message.refused.InvalidMemberException"));
    assertEquals(VALUE, desk.text(letter + " .bytes pre"));

    keyboard.press(letter + " [aria-pressed]", Keys.SPACE);
    soon().until(() -> desk.text(letter + " .bytes pre").contains("7b 22 66 72 6f 6d 22 3a"));
  }

  @Test
  void editsAndReplaysALetterAfterShowingTheDifference() {
    keyboard.press("#dead-by", Keys.chord(Keys.CONTROL, "a"), "boris");
    desk.open(id);
    keyboard.press(desk.button(id, EDIT), Keys.ENTER);
    String added = ",\"message\":\"edited by hand\"}";
    keyboard.type(Keys.chord(Keys.CONTROL, Keys.END), Keys.BACK_SPACE, added);
    soon().until(() -> desk.text(desk.row(id) + " .edit ins").contains("edited by hand"));
    assertEquals("− " + VALUE, desk.text(desk.row(id) + " .edit del"));
    assertEquals("failed", desk.letter(id).get("state").textValue());

    keyboard.type(Keys.chord(Keys.CONTROL, Keys.ENTER));
    soon().until(() -> desk.state(id).equals("replayed"));
    soon().until(() -> desk.text("#conversations").contains("edited by hand"));
    String messages = courier.get(courier.clientB() + "/messages").body();
    assertTrue(messages.contains("edited by hand"), messages);
    assertEquals(VALUE, desk.letter(id).get("value").textValue());
    String history = desk.letter(id).get("history").toString();
    assertTrue(history.contains("boris"), history);
  }

  @Test
  void discardsALetterAndTakesThatBack() {
    desk.open(id);
    keyboard.press(desk.button(id, DISCARD), Keys.ENTER);
    soon().until(() -> desk.state(id).equals("discarded"));
    soon().until(() -> desk.text("#dead-status").contains(id));
    keyboard.type(UNDO);
    soon().until(() -> desk.state(id).equals("failed"));

    keyboard.type(Keys.ENTER);
    soon().until(() -> desk.text(desk.button(id, DISCARD)).equals("Undo discard"));
    keyboard.type(Keys.ENTER);
    soon().until(() -> desk.state(id).equals("failed"));
  }

  @Test
  void holdsALetterBackWithATagAndReleasesIt() {
    desk.open(id);
    String form = desk.row(id) + " > .letter > .marks form ";
    keyboard.press(form + "input", "billing", Keys.TAB, Keys.TAB, Keys.ENTER);
    soon().until(() -> desk.letter(id).at("/tags/0").asText().equals("billing"));
    soon().until(() -> desk.text(desk.row(id) + " > summary").contains("billing"));
    keyboard.press(form + "input", "the bank looks at it", Keys.TAB, Keys.ENTER);
    soon().until(() -> desk.text(desk.row(id) + " > summary").contains("on hold"));
    String held = desk.text(desk.row(id) + " > .letter > .marks .held");
    assertTrue(held.endsWith("the bank looks at it"), held);
    keyboard.press(desk.button(id, DISCARD), Keys.ENTER);
    assertEquals("failed", desk.letter(id).get("state").textValue());
    keyboard.press(form + "button", Keys.ENTER);
    soon().until(() -> !desk.letter(id).has("held"));
  }

  @Test
  void findsALetterByItsText() {
    keyboard.press("#dead-q", id, Keys.ENTER);
    soon().until(() -> desk.shows("#dead-found [data-id='" + id + "']"));
    soon().until(() -> desk.text("#dead-search-status").contains("found"));
  }

  @Test
  void discardsASelectionAndTakesThatBack() throws Exception {
    String another = desk.fail();
    soon().until(() -> desk.shows(desk.row(another)));
    keyboard.press(desk.box(another), Keys.SPACE);
    keyboard.press(desk.box(id), Keys.SPACE);
    keyboard.press(desk.group(".actions button:nth-child(3)"), Keys.ENTER);
    soon().until(() -> desk.text("#dead-status").equals("Discarded 2 letters."));
    assertEquals("discarded", desk.letter(id).get("state").textValue());
    assertEquals("discarded", desk.letter(another).get("state").textValue());

    keyboard.press("#dead-undo", Keys.ENTER);
    soon().until(() -> desk.state(id).equals("failed") && desk.state(another).equals("failed"));
  }

  @Test
  void replaysAGroupAndShowsHowFarItIs() {
    keyboard.press(desk.group(".actions button"), Keys.ENTER);
    soon().until(() -> desk.shows(desk.group("div progress")));
    soon().until(() -> desk.text(desk.group("div .replay")).contains("Close"));
    String replay = desk.text(desk.group("div .replay"));
    assertTrue(replay.contains(" replayed"), replay);
    soon().until(() -> desk.letter(id).get("replays").intValue() > 0);
  }

  @Test
  void keepsTheFocusWhenAnotherLetterArrives() throws Exception {
    desk.open(id);
    keyboard.reach(desk.button(id, DISCARD));
    String another = desk.fail();
    soon().until(() -> desk.shows(desk.row(another)));
    assertTrue(keyboard.isAt(desk.button(id, DISCARD)));
  }
}
