package courier.deadletter;

import static courier.deadletter.DeskFixture.by;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a letter whose replay was sent, was not, or failed again. */
class ReplayOutcomeTest extends DeskOfAClass {
  private final String id = fixture.fail();

  @Test
  void whatFailsAgainIsTheSameLetterAndParkedAfterTheLast() {
    Letter first = fixture.replay(id);
    fixture.sent(first);
    fixture.failAgain(first);
    assertEquals(State.FAILED, fixture.state(id));
    fixture.failAgain(first); // the topic says it twice
    assertEquals(List.of("failed", "replayed", "failed"), fixture.history(id));

    fixture.failAgain(fixture.replay(id));
    assertEquals(State.PARKED, fixture.state(id));
  }

  @Test
  void thatItFailedAgainMayBeKnownBeforeThatItWasSent() {
    Letter replaying = fixture.replay(id);
    fixture.failAgain(replaying);
    fixture.sent(replaying);
    assertEquals(State.FAILED, fixture.state(id));
    assertEquals(List.of("failed", "replayed", "failed"), fixture.history(id));
  }

  @Test
  void aLateNewsOfOneReplaySaysNothingOfTheNext() {
    Letter first = fixture.replay(id);
    fixture.failAgain(first);
    Letter second = fixture.replay(id);
    fixture.sent(first);
    fixture.failAgain(first);
    assertEquals(State.REPLAYING, fixture.state(id));
    fixture.sent(second);
    assertEquals(State.REPLAYED, fixture.state(id));
  }

  @Test
  void whatCouldNotBeSentIsOpenAgainWithTheReasonAndIsNoReplay() {
    fixture.notSent(fixture.replay(id));
    Letter letter = fixture.desk.find(id);
    assertEquals(State.FAILED, letter.state());
    assertEquals(0, letter.replays());
    assertEquals("not sent", letter.last().get("action"));
    assertEquals("gone", letter.last().get("detail"));
    assertEquals(State.DISCARDED, fixture.desk.discard(by(id)).state());
  }
}
