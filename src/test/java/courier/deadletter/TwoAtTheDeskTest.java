package courier.deadletter;

import static courier.deadletter.DeskFixture.by;
import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Of two who change the same letter at the same time, one does, and the other is refused. */
class TwoAtTheDeskTest extends DeskOfAClass {
  @Test
  void ofTwoDiscardsOneTakesPlace() throws Exception {
    for (int i = 0; i < 20; i++) {
      String id = fixture.fail();
      assertEquals(
          1, successes(() -> fixture.desk.discard(by(id)), () -> fixture.desk.discard(by(id))));
      assertEquals(List.of("failed", "discarded"), fixture.history(id));
    }
  }

  @Test
  void ofADiscardAndAReplayOneTakesPlace() throws Exception {
    for (int i = 0; i < 20; i++) {
      String id = fixture.fail();
      assertEquals(1, successes(() -> fixture.desk.discard(by(id)), () -> fixture.replay(id)));
    }
  }

  @Test
  void ofAReplayAndABulkReplayOneHasTheLetter() throws Exception {
    for (int i = 0; i < 20; i++) {
      String id = fixture.fail();
      Callable<Object> queueing =
          () -> {
            if (fixture.queue("bulk", id) == 0) {
              throw new Refusal(409, "none");
            }
            return null;
          };
      assertEquals(1, successes(() -> fixture.replay(id), queueing));
    }
  }

  /** How many of these, done at the same time, are not refused. */
  private static int successes(Callable<?>... actions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(actions.length);
    ExecutorService people = Executors.newFixedThreadPool(actions.length);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (Callable<?> action : actions) {
        done.add(
            people.submit(
                () -> {
                  start.await();
                  return action.call();
                }));
      }
      int successes = 0;
      for (Future<?> one : done) {
        try {
          one.get();
          successes++;
        } catch (ExecutionException e) {
          assertEquals(Refusal.class, e.getCause().getClass(), e::toString);
        }
      }
      return successes;
    } finally {
      people.shutdown();
    }
  }
}
