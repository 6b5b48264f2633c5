package courier.deadletter.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Many who watch cost no more than one. */
class RecentCountsTest {
  private final RecentCounts recent = new RecentCounts();
  private final AtomicInteger counted = new AtomicInteger();

  @Test
  void manyWhoAskWhileItIsCountedShareTheAnswerAndAnotherStateIsCountedAnew() throws Exception {
    CountDownLatch asked = new CountDownLatch(8);
    Supplier<Document> slow =
        () -> {
          try {
            // All of them ask while the first one counts.
            assertTrue(asked.await(20, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new Document("replayed", counted.incrementAndGet());
        };
    ExecutorService people = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 8; i++) {
      people.submit(
          () -> {
            asked.countDown();
            recent.of("one", "running", slow);
          });
    }
    people.shutdown();
    assertTrue(people.awaitTermination(20, TimeUnit.SECONDS));
    int shared = counted.get();
    assertTrue(shared < 8, shared + " times");

    recent.of("one", "done", slow);
    recent.of("two", "done", slow);
    assertEquals(shared + 2, counted.get());
  }
}
