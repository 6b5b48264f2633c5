package courier.deadletter.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is one group, and what are two. */
class FingerprintTest {
  private static final String INVALID = "courier.message.refused.InvalidMemberException";
  private static final String NOT_JSON = "courier.message.refused.NotJsonException";

  private static String of(String exception, String reason) {
    return Fingerprint.of(exception, "receive-message", "read-messages", reason);
  }

  private static int groups(String exception, String... reasons) {
    Set<String> groups = new HashSet<>();
    List.of(reasons).forEach(reason -> groups.add(of(exception, reason)));
    return groups.size();
  }

  @Test
  void whatIsWrongInAnotherWayIsAnotherGroup() {
    assertEquals(
        4,
        groups(
            INVALID,
            "`from` is missing, empty or not a string",
            "`message` is missing, empty or not a string",
            "`createdAt` is not an RFC 3339 time: yesterday",
            "`$bad` cannot be stored: MongoDB takes no member that begins with $"));
    assertEquals(
        2,
        groups(
            "java.lang.IllegalStateException",
            "Order failed: no stock of 17",
            "Order failed: no price for 17"));
  }

  @Test
  void whatDiffersFromRecordToRecordMakesNoGroup() {
    assertEquals(
        1,
        groups(
            INVALID,
            "`$bad1` cannot be stored: MongoDB takes no member that begins with $",
            "`$other` cannot be stored: MongoDB takes no member that begins with $",
            "`$` cannot be stored: MongoDB takes no member that begins with $"));
    assertEquals(
        1,
        groups(
            NOT_JSON,
            "not a JSON object: Unexpected character ('x' (code 120)): expected a value",
            "not a JSON object: Unrecognized token 'abc': was expecting a value"));
    assertEquals(
        1,
        groups(
            "com.example.OrderException",
            "no stock for order 4711 of 'anna'",
            "no stock for order 0815-a of 'bert'"));
    assertEquals(
        1,
        groups(
            "com.mongodb.MongoWriteException",
            "Write failed {code: 121, errmsg: 'a'} at \"x\" [1, 2]",
            "Write failed {code: 122, errmsg: 'b'} at \"y\" [3]"));
  }

  @Test
  void noSenderCanMakeAGroupOfEachRecord() {
    Random random = new Random(7);
    Set<String> groups = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(80), 'a', 'z').forEach(c -> text.append((char) c));
      groups.add(of(INVALID, "`createdAt` is not an RFC 3339 time: " + text));
      groups.add(of(INVALID, "`$" + text + "` cannot be stored"));
      groups.add(of("java.lang.Boom", "no user '" + text + "' with " + text + i));
    }
    assertEquals(3, groups.size());
  }

  @Test
  void theStepAndTheClassCountAndNoReasonIsOneToo() {
    assertNotEquals(
        Fingerprint.of(INVALID, "a", "b", null), Fingerprint.of(INVALID, "a", "c", null));
    assertNotEquals(
        Fingerprint.of(INVALID, "a", "b", "x"), Fingerprint.of(NOT_JSON, "a", "b", "x"));
    assertEquals(of(null, "x".repeat(10_000)), of(null, "x".repeat(20_000)));
  }
}
