package courier.feed.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final long PAGE = 1000;
  private static final long FOUR_PAGES = 4 * PAGE;

  private static final Turns.Rest NONE = (nanos, task) -> task.run();

  /** Work that began, in its order; each runs when it is told to. */
  private final List<String> begun = new ArrayList<>();

  private final List<String> stalled = new ArrayList<>();
  private final Map<String, Turn> turns = new HashMap<>();

  @Test
  void addressesTakeTurnsHoweverManyClientsEachHas() throws Exception {
    Queue<Runnable> pool = new ArrayDeque<>();
    Turns one = new Turns(pool::add, NONE, 1, 2, Long.MAX_VALUE, PAGE);
    for (int i = 0; i < 100; i++) {
      hold(one, 1, "many" + i);
    }
    hold(one, 2, "other");
    hold(one, 2, "another");

    while (!pool.isEmpty()) {
      pool.remove().run();
    }
    assertEquals(102, begun.size());
    assertEquals(List.of("many0", "many1", "other", "many2", "another"), begun.subList(0, 5));
  }

  @Test
  void workIsFollowedByALongerRest() throws Exception {
    List<Long> rests = new ArrayList<>();
    Queue<Runnable> rested = new ArrayDeque<>();
    Turns.Rest rest =
        (nanos, task) -> {
          rests.add(nanos);
          rested.add(task);
        };
    Turns two = new Turns(Runnable::run, rest, 2, 2, Long.MAX_VALUE, PAGE);
    long start = System.nanoTime();
    hold(two, 1, "first");
    long took = System.nanoTime() - start;
    hold(two, 1, "second");
    hold(two, 2, "other");
    assertEquals(List.of("first", "other"), begun);
    assertTrue(rests.get(0) > 0 && rests.get(0) <= Turns.REST * took, () -> rests.get(0) + " ns");

    rested.remove().run();
    assertEquals(List.of("first", "other", "second"), begun);
  }

  @Test
  void oneAddressHasAQuarterOfTheTurnsThatAreWorkedOn() throws Exception {
    Queue<Runnable> pool = new ArrayDeque<>();
    Turns eight = Turns.withoutRest(pool::add, 8);
    for (int i = 0; i < 10; i++) {
      hold(eight, 1, "many" + i);
    }
    assertEquals(2, pool.size());
    hold(eight, 2, "other");
    assertEquals(3, pool.size());
    pool.remove().run();
    assertEquals(3, pool.size());
  }

  @Test
  void oneAddressHasHalfOfTheBytesAndOthersTheRest() throws Exception {
    Turns all = new Turns(Runnable::run, NONE, 4, 2, FOUR_PAGES, PAGE);
    for (int i = 0; i < 5; i++) {
      hold(all, 1, "slow" + i);
    }
    assertEquals(List.of("slow0", "slow1"), begun);
    hold(all, 2, "other");
    assertEquals(List.of("slow0", "slow1", "other"), begun);
    assertEquals(3 * PAGE, all.bytes());

    turns.get("slow0").end();
    assertEquals(List.of("slow0", "slow1", "other", "slow2"), begun);
  }

  @Test
  void whatIsLargerThanAllHasItsTurnAloneAndIsCounted() throws Exception {
    Turns all = new Turns(Runnable::run, NONE, 4, 2, FOUR_PAGES, PAGE);
    hold(all, 1, "large");
    turns.get("large").holds(10 * FOUR_PAGES);
    hold(all, 2, "next");
    assertEquals(List.of("large"), begun);
    turns.get("large").end();
    assertEquals(List.of("large", "next"), begun);
  }

  @Test
  void whoLeavesWhileItWaitsIsLeftOut() throws Exception {
    Turns all = new Turns(Runnable::run, NONE, 4, 2, 2 * PAGE, PAGE);
    hold(all, 1, "first");
    hold(all, 1, "leaves");
    hold(all, 1, "stays");
    turns.get("leaves").end();
    assertEquals(1, all.waiting());

    turns.get("first").end();

    assertEquals(List.of("first", "stays"), begun);
  }

  @Test
  void onlyWhoHasOthersWaitIsToldThatItIsStalled() throws Exception {
    Turns all = new Turns(Runnable::run, NONE, 4, 2, FOUR_PAGES, PAGE);
    hold(all, 1, "slow0");
    hold(all, 1, "slow1");
    hold(all, 2, "other");
    all.tellStalled(Long.MAX_VALUE / 2);
    assertEquals(List.of(), stalled);

    hold(all, 1, "waits");
    all.tellStalled(Long.MIN_VALUE / 2);
    assertEquals(List.of(), stalled);
    all.tellStalled(System.nanoTime() + 1);
    assertEquals(List.of("slow0", "slow1"), stalled);
  }

  @Test
  void everythingIsGivenBack() throws Exception {
    Turns all = new Turns(Runnable::run, NONE, 4, 2, FOUR_PAGES, PAGE);
    for (int i = 0; i < 1000; i++) {
      hold(all, i % 7, "turn" + i);
    }
    for (int i = 0; i < 1000; i++) {
      turns.get("turn" + i).end();
      turns.get("turn" + i).end();
    }
    assertEquals(0, all.bytes());
    assertEquals(0, all.waiting());
  }

  /** Something that is sent at once, and taken when its turn is ended. */
  private void hold(Turns all, int address, String name) throws Exception {
    Turn.Work work =
        new Turn.Work() {
          @Override
          public void run(Turn turn) {
            begun.add(name);
            turn.holds(PAGE);
          }

          @Override
          public void stalled() {
            stalled.add(name);
          }
        };
    turns.put(name, all.next(address(address), work));
  }

  private static InetAddress address(int last) throws Exception {
    return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
  }
}
