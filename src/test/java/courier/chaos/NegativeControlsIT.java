package courier.chaos;

import static courier.chaos.checker.Finding.DUPLICATE;
import static courier.chaos.checker.Finding.LOST_WRITE;
import static courier.chaos.checker.Finding.PRECOMMITTED_PUSH;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.chaos.checker.Verdict;
import courier.chaos.ledger.What;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that are wrong, each in its own way, and each found out by its right name. */
class NegativeControlsIT {
  @TempDir Path folder;

  @Test
  void offsetsThatAreCommittedBeforeTheStoreAreALostWrite() throws Exception {
    try (Control control = new Control(folder)) {
      RouteFile route = control.routeWith("id: commit-offsets");
      List<String> commit = route.replaceStep("commit-offsets");
      route.insertBefore("id: store-messages", commit);
      route.save();

      control.start();
      control.store().refuseWrites(true);
      control.send(3);
      await().until(() -> control.backlog() < 3);
      control.receiver().kill();
      control.store().refuseWrites(false);
      control.receiver().start();
      // What was stored of the batch before the crash is also a lost push.
      assertTrue(control.verdict().names().contains(LOST_WRITE));
    }
  }

  @Test
  void aPushBeforeTheStoreIsAPrecommittedPush() throws Exception {
    try (Control control = new Control(folder)) {
      RouteFile route = control.routeWith("id: push-here");
      List<String> push = route.replaceStep("push-here", "- log: pushed already");
      route.insertBefore(
          "id: store-messages",
          List.of(
              "- setVariable:",
              "    name: stored",
              "    method: {ref: announcer, method: announce}"));
      route.insertBefore("id: store-messages", push);
      route.save();

      control.start();
      control.store().refuseWrites(true);
      control.send(1);
      await().until(() -> control.says(What.ABSENT) || control.says(What.FOUND));
      control.store().refuseWrites(false);
      assertEquals(List.of(PRECOMMITTED_PUSH), control.verdict().names());
    }
  }

  @Test
  void anIdOfTheDeliveryAndNotOfTheMessageIsADuplicate() throws Exception {
    try (Control control = new Control(folder)) {
      RouteFile route = control.routeWith("id: keep-mine");
      route.insertBefore(
          "id: keep-mine",
          List.of(
              "- setVariable:",
              "    name: delivery",
              "    simple: ${uuid}",
              "- setVariable:",
              "    name: replaced",
              "    simple: ${body.put('id', ${variable.delivery})}"));
      route.save();

      control.start();
      control.send(2);
      control.repeat();
      assertEquals(List.of(DUPLICATE), control.verdict().names());
    }
  }

  @Test
  void aDeadLetterThatIsSwallowedIsALostWrite() throws Exception {
    try (Control control = new Control(folder)) {
      RouteFile policy = control.routeWith("deadLetterUri: direct:park-dead-letter");
      policy.replace("deadLetterUri: direct:park-dead-letter", "deadLetterUri: log:swallowed");
      policy.save();
      RouteFile route = control.routeWith("id: park-poison");
      route.replaceStep("park-poison", "- to: log:swallowed");
      route.save();

      control.start();
      control.send(1);
      control.poison(3);
      Verdict verdict = control.verdict();
      assertEquals(List.of(LOST_WRITE), verdict.names());
      assertEquals(3, verdict.findings().size());
    }
  }
}
