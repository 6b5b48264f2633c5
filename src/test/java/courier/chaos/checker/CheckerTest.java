package courier.chaos.checker;

import static courier.chaos.checker.Finding.DUPLICATE;
import static courier.chaos.checker.Finding.LOST_WRITE;
import static courier.chaos.checker.Finding.NOT_LIVE;
import static courier.chaos.checker.Finding.PART_DIED;
import static courier.chaos.checker.Finding.PHANTOM;
import static courier.chaos.checker.Finding.REORDER;
import static courier.chaos.checker.Finding.UNEXPLAINED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.chaos.ledger.What;
import org.junit.jupiter.api.Test;

/** Histories written by hand: a clean one, and for each finding one that has it. */
class CheckerTest {
  private final HandwrittenHistory history = new HandwrittenHistory().connect("x@b").connect("y@b");

  @Test
  void nothingIsFoundWhereAllIsWell() {
    history.deliver("a-1").deliver("a-2").deliver("b-1").poison("p-1").letter("t-0-9", "p-1");
    history.assertFindings();
  }

  @Test
  void whatWasAcceptedAndIsNowhereIsALostWrite() {
    history.deliver("a-1").send("a-2");
    history.assertFindings(LOST_WRITE);
  }

  @Test
  void poisonThatWasAcknowledgedAndIsNotDeadLetteredIsALostWrite() {
    history.poison("p-1");
    history.assertFindings(LOST_WRITE);
  }

  @Test
  void whatWasNotAcceptedMayBeStoredOrNot() {
    history.attempt("a-1").attempt("a-2").store("a-2").push("x@b", "a-2").push("y@b", "a-2");
    history.assertFindings();
  }

  @Test
  void aMessageThatIsStoredUnderTwoIdsIsADuplicate() {
    history.deliver("a-1").storeAs("other", "a-1");
    history.assertFindings(DUPLICATE);
  }

  @Test
  void aMessageThatIsStoredAndDeadLetteredIsADuplicate() {
    history.deliver("a-1").letter("t-0-1", "a-1");
    history.assertFindings(DUPLICATE);
  }

  @Test
  void twoDeadLettersOfOneRecordAreOneThatWasWrittenTwice() {
    history.poison("p-1").letter("t-0-1", "p-1").letter("t-0-1", "p-1");
    history.assertFindings();
    assertEquals(1, history.verdict().figures().deadLettersRepeated());
  }

  @Test
  void twoDeadLettersOfTwoRecordsForPoisonWrittenOnceAreADuplicate() {
    history.poison("p-1").letter("t-0-1", "p-1").letter("t-0-2", "p-1");
    history.assertFindings(DUPLICATE);
  }

  @Test
  void aConversationStoredInAnotherOrderThanItWasSentInIsAReorder() {
    history.deliver("b-1").send("a-1").send("a-2").pushAll("a-2").pushAll("a-1");
    history.store("a-2").store("a-1");
    history.assertFindings(REORDER);
  }

  @Test
  void whatNobodySentIsAPhantom() {
    history.deliver("a-1").letter("t-0-1", "never");
    history.assertFindings(PHANTOM);
  }

  @Test
  void whatIsStoredAndWasNeverSentIsAPhantom() {
    history.deliver("a-1").store("never-1");
    history.assertFindings(PHANTOM);
  }

  @Test
  void aGoodMessageThatIsDeadLetteredIsUnexplained() {
    history.send("a-1").letter("t-0-1", "a-1");
    history.assertFindings(UNEXPLAINED);
  }

  @Test
  void aPartThatEndsByItselfOrDoesNotComeBackDied() {
    history.add("kafka", What.DIED, null, "exit 1");
    history.assertFindings(PART_DIED);
    history.add("mongodb", What.NOT_READY, null, "60 s");
    assertEquals(2, history.verdict().findings().size());
  }

  @Test
  void aRouteFileThatDoesNotRunAsItIsIsNotLive() {
    history.add("client-b", What.NOT_LIVE, null, "store-message.camel.yaml");
    history.assertFindings(NOT_LIVE);
  }

  @Test
  void recoveryIsUntilEverySenderSeesANewMessagePushed() {
    history.deliver("a-1").deliver("b-1").fault("cut").deliver("a-2").deliver("b-2");
    assertEquals(new Recovery("cut", 70_000), history.verdict().figures().slowestRecovery());
  }

  @Test
  void aRecoveryThatAnotherFaultDisturbsIsNotTold() {
    history.deliver("a-1").fault("long").fault("short").deliver("a-2");
    assertEquals(new Recovery("short", 30_000), history.verdict().figures().slowestRecovery());
  }
}
