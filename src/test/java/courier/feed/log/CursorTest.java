package courier.feed.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  private static final String LOG = "log";
  private static final Cursor IN = Cursor.start(LOG).at(5, 0);

  @Test
  void isReadBackFromItsText() {
    Cursor cursor = Cursor.start(LOG).at(5, 3_000_000_000L).after(2, 77);

    Cursor read = Cursor.parse(cursor.toString(), IN).orElseThrow();

    assertEquals(3_000_000_000L, read.next(5));
    assertEquals(78, read.next(2));
    assertEquals(0, read.next(0));
    assertEquals(2, read.last());
    assertEquals(cursor.toString(), read.toString());
  }

  @Test
  void isCompact() {
    Cursor cursor = Cursor.start(LOG);
    for (int partition = 0; partition < 6; partition++) {
      cursor = cursor.after(partition, 1_000_000);
    }
    assertTrue(cursor.toString().length() <= 34, cursor::toString);
  }

  @Test
  void meansNothingInAnotherLog() {
    assertEquals(
        Optional.empty(), Cursor.parse(Cursor.start(LOG).toString(), Cursor.start("another log")));
  }

  @Test
  void isForgedWhenItHasMorePartitionsThanTheLog() {
    String text = Cursor.start(LOG).at(5, 7).toString();

    assertTrue(Cursor.parse(text, IN).isPresent());
    assertEquals(Optional.empty(), Cursor.parse(text, Cursor.start(LOG).at(4, 1_000)));
  }

  @Test
  void hasNoNegativeOffset() {
    String text = Cursor.start(LOG).at(0, -1).toString();

    assertEquals(Optional.empty(), Cursor.parse(text, IN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not base64!", "AAGjRA", "AAGjRAD_____", "AAGjRAwCAgICAgICAgIC"})
  void isNotReadFromWhatIsNone(String text) {
    assertEquals(Optional.empty(), Cursor.parse(text, IN));
  }

  @Test
  void coversWhatIsNotAfterItInAnyPartition() {
    Cursor cursor = Cursor.start(LOG).at(0, 5).at(1, 5);

    assertTrue(cursor.covers(Cursor.start(LOG).at(0, 5)));
    assertTrue(cursor.covers(cursor));
    assertFalse(cursor.covers(cursor.at(1, 6)));
    assertFalse(cursor.covers(cursor.at(2, 1)));
  }

  @Test
  void joinsWithAnotherToTheLaterOfBothInEachPartition() {
    Cursor start = Cursor.start(LOG).at(0, 5).at(1, 9);
    Cursor event = Cursor.start(LOG).after(0, 7);

    assertEquals(8, start.max(event).next(0));
    assertEquals(9, start.max(event).next(1));
    assertEquals(0, start.max(event).last());
    assertEquals(0, event.max(start).last());
  }

  @Test
  void isAfterNoEventWhenTheLastOneWasNotTheLastBeforeIt() {
    Cursor event = Cursor.start(LOG).after(0, 7);

    assertEquals(-1, event.max(Cursor.start(LOG).at(0, 20)).last());
    assertEquals(-1, Cursor.start(LOG).at(0, 20).max(event).last());
  }

  @Test
  void coversNothingOfAnotherLog() {
    assertFalse(Cursor.start(LOG).at(0, 5).covers(Cursor.start("another log")));
  }

  @Test
  void isAfterNoEventWhenItIsBetween() {
    assertEquals(-1, Cursor.start(LOG).after(0, 7).between().last());
  }
}
