package courier.deadletter;

import static courier.deadletter.DeskFixture.by;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be done to a dead letter in which state, and with what it is replayed where. */
class DeskTest extends DeskOfAClass {
  private final String id = fixture.fail();

  /** Brings a letter into a state, as it comes there. */
  private static final Map<State, Consumer<String>> WAYS =
      Map.of(
          State.FAILED, id -> {},
          State.QUEUED, id -> fixture.queue("bulk", id),
          State.REPLAYING, id -> fixture.replay(id),
          State.REPLAYED, id -> fixture.sent(fixture.replay(id)),
          State.DISCARDED, id -> fixture.desk.discard(by(id)),
          State.PARKED,
              id -> {
                for (int i = 0; i < DeskFixture.MAX_REPLAYS; i++) {
                  fixture.failAgain(fixture.replay(id));
                }
              });

  private static Document only(String id) {
    return new Document("_id", id);
  }

  private void allows(State from, boolean allowed, Function<DeskRequest, Letter> action, State to) {
    WAYS.get(from).accept(id);
    assertEquals(from, fixture.state(id));
    List<String> before = fixture.history(id);
    if (allowed) {
      assertEquals(to, action.apply(by(id)).state());
    } else {
      Refusal refusal = assertThrows(Refusal.class, () -> action.apply(by(id)));
      assertEquals(409, refusal.problem().status());
      assertTrue(refusal.getMessage().startsWith(from.advice()), refusal.getMessage());
      assertEquals(before, fixture.history(id));
    }
    assertEquals(allowed ? to : from, fixture.state(id));
  }

  @ParameterizedTest
  @EnumSource
  void onlyAnOpenLetterIsReplayed(State from) {
    allows(from, from == State.FAILED, fixture.desk::replay, State.REPLAYING);
  }

  @ParameterizedTest
  @EnumSource
  void onlyAnOpenOrParkedLetterIsDiscarded(State from) {
    boolean allowed = from == State.FAILED || from == State.PARKED;
    allows(from, allowed, fixture.desk::discard, State.DISCARDED);
  }

  @ParameterizedTest
  @EnumSource
  void onlyADiscardIsTakenBack(State from) {
    allows(from, from == State.DISCARDED, fixture.desk::undo, State.FAILED);
  }

  @ParameterizedTest
  @EnumSource
  void onlyAnOpenLetterIsQueued(State from) {
    WAYS.get(from).accept(id);
    int queued = fixture.queue("other", id);
    assertEquals(from == State.FAILED ? 1 : 0, queued);
    assertEquals(from == State.FAILED ? State.QUEUED : from, fixture.state(id));
  }

  @Test
  void aDiscardOfAParkedLetterIsTakenBackToParked() {
    WAYS.get(State.PARKED).accept(id);
    fixture.desk.discard(by(id));
    assertEquals(State.PARKED, fixture.desk.undo(by(id)).state());
  }

  @Test
  void anEditIsSentInsteadAndTheOriginalIsKept() {
    byte[] edited = "{\"id\":\"other\",\"from\":\"anna\"}".getBytes(StandardCharsets.UTF_8);
    Letter letter = fixture.desk.replay(new DeskRequest(id, "bob", edited, null));
    assertArrayEquals(edited, letter.value());
    assertEquals("other", letter.document().get("editedId"));
    assertEquals(id, letter.document().get("messageId"));
    fixture.failAgain(letter);
    byte[] original = letter.bytes("value");
    assertArrayEquals(original, fixture.replay(id).value());
    assertNull(fixture.desk.find(id).document().get("edited"));
  }

  @Test
  void aReplayGoesOnlyToTopicsThatAreNamed() {
    for (String topic : List.of("payments", "__consumer_offsets", "dead-letter-topic")) {
      DeskRequest request = new DeskRequest(id, "anna", null, topic);
      Refusal refusal = assertThrows(Refusal.class, () -> fixture.desk.replay(request));
      assertEquals(409, refusal.problem().status());
      assertTrue(refusal.getMessage().contains("topics.replay-to"), refusal.getMessage());
    }
    Letter letter = fixture.desk.replay(new DeskRequest(id, "anna", null, "orders"));
    assertEquals("orders", letter.target());
    assertNull(letter.targetPartition());
  }

  @Test
  void aLetterThatNobodyKnowsTheOriginOfAsksForOne() {
    fixture.letters.updateOne(only(id), new Document("$unset", new Document("originalTopic", "")));
    Refusal refusal = assertThrows(Refusal.class, () -> fixture.replay(id));
    assertTrue(refusal.getMessage().contains("{\"topic\": "), refusal.getMessage());
    assertEquals(
        "orders", fixture.desk.replay(new DeskRequest(id, "anna", null, "orders")).target());
  }

  @Test
  void whoReplaysALetterIsNamedToWhoWouldAsWell() {
    fixture.failAgain(fixture.replay(id)); // which is in its history, by somebody else
    fixture.desk.replay(new DeskRequest(id, "anna", null, null));
    Refusal refusal = assertThrows(Refusal.class, () -> fixture.desk.replay(by(id)));
    String words = "It is being replayed at this moment. (begun by anna at ";
    assertTrue(refusal.getMessage().startsWith(words), refusal.getMessage());
  }

  @Test
  void aStrangerCannotFillALetterWithHistory() {
    for (int i = 0; i < 40; i++) {
      fixture.desk.discard(by(id));
      fixture.desk.undo(by(id));
    }
    assertEquals(50, fixture.history(id).size());
  }
}
