package courier.chaos.checker;

import static courier.chaos.checker.Finding.DUPLICATE;
import static courier.chaos.checker.Finding.LOST_PUSH;
import static courier.chaos.checker.Finding.PRECOMMITTED_PUSH;
import static courier.chaos.checker.Finding.REORDER;

import courier.chaos.ledger.What;
import org.junit.jupiter.api.Test;

/** The same of what is pushed, by the instance b to its listeners x and y. */
class PushesTest {
  private final HandwrittenHistory history = new HandwrittenHistory().connect("x@b").connect("y@b");

  @Test
  void aMessageThatIsPushedUnderTwoIdsIsADuplicate() {
    history.deliver("a-1").pushAs("x@b", "a-1", "other");
    history.assertFindings(DUPLICATE);
  }

  @Test
  void whatIsPushedWhileItIsNotInTheStoreIsAPrecommittedPush() {
    history.deliver("a-1").add("x@b", What.ABSENT, "a-1", null);
    history.assertFindings(PRECOMMITTED_PUSH);
  }

  @Test
  void aStoredMessageThatIsPushedToNobodyIsALostPush() {
    history.send("a-1").store("a-1");
    history.assertFindings(LOST_PUSH);
  }

  @Test
  void aPushThatOnlyOneOfTwoListenersGotIsLost() {
    history.deliver("a-1").send("a-2").push("x@b", "a-2").store("a-2");
    history.assertFindings(LOST_PUSH);
  }

  @Test
  void aPushIsLostAlsoWhenTheListenerWasAwayMeanwhile() {
    history.deliver("a-1").disconnect("y@b").send("a-2").store("a-2").push("x@b", "a-2");
    history.connect("y@b");
    history.assertFindings(LOST_PUSH);
  }

  @Test
  void aPushIsLostAlsoWhenAnotherInstanceMadeIt() {
    history.connect("z@c").deliver("a-1").push("z@c", "a-1").deliver("a-2");
    history.assertFindings(LOST_PUSH);
  }

  @Test
  void aListenerMayMissWhatWasSentBeforeItGotAnything() {
    history.send("a-1").store("a-1").push("x@b", "a-1").deliver("a-2");
    history.assertFindings();
  }

  @Test
  void aMessageThatIsPushedTwiceToOneListenerIsADuplicate() {
    history.deliver("a-1").push("x@b", "a-1");
    history.assertFindings(DUPLICATE);
  }

  @Test
  void aMessageThatIsPushedAfterALaterOneOfItsPartitionIsReordered() {
    history.send("a-1").store("a-1").deliver("a-2").push("x@b", "a-1").push("y@b", "a-1");
    history.assertFindings(REORDER);
  }
}
