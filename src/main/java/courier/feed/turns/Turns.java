package courier.feed.turns;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has work for clients done in turns, so that none holds up the others: addresses take turns, and
 * so do the clients of each. Few turns are worked on at a time, each followed by a rest that is
 * longer, which leaves the processors to what is live; together they hold no more bytes than they
 * may. One address has no more than a part of both.
 */
public final class Turns {
  /** How much longer a rest is than the work before it. */
  static final int REST = 3;

  private final Executor pool;
  private final Rest rest;
  private final Share all;
  private final int oneIn;
  private final long reserved;
  private final Map<Object, Line> lines = new HashMap<>();
  private final Queue<Line> waiting = new ArrayDeque<>();
  private final Set<Turn> begun = new LinkedHashSet<>();

  /** Has something done after a time. */
  interface Rest {
    void thenRun(long nanos, Runnable task);
  }

  /** Turns that hold nothing, one after the other; one address has a quarter of the workers. */
  public static Turns withoutRest(Executor pool, int workers) {
    return new Turns(pool, (nanos, task) -> task.run(), workers, 4, Long.MAX_VALUE, 0);
  }

  /** Turns that hold nothing; one address has half of the workers. */
  public Turns(ScheduledExecutorService pool, int workers) {
    this(pool, workers, Long.MAX_VALUE, 0);
  }

  /**
   * Turns of which one address has half.
   *
   * @param workers how many turns are worked on at a time
   * @param bytes over which no turn begins
   * @param reserved bytes that a turn counts for until it says what it holds
   */
  public Turns(ScheduledExecutorService pool, int workers, long bytes, long reserved) {
    this(
        pool,
        (nanos, task) -> pool.schedule(task, nanos, TimeUnit.NANOSECONDS),
        workers,
        2,
        bytes,
        reserved);
  }

  Turns(Executor pool, Rest rest, int workers, int oneIn, long bytes, long reserved) {
    this.pool = pool;
    this.rest = rest;
    this.all = new Share(workers, bytes, reserved);
    this.oneIn = oneIn;
    this.reserved = reserved;
  }

  /** Lets work for a client of this address wait for its turn. */
  public synchronized Turn next(Object address, Turn.Work work) {
    Line line = lines.computeIfAbsent(address, Line::new);
    Turn turn = new Turn(this, line, work, reserved);
    if (line.turns.isEmpty()) {
      waiting.add(line);
    }
    line.turns.add(turn);
    begin();
    return turn;
  }

  /** Has those begin that may; to be called with the lock. */
  void begin() {
    for (int passed = 0; passed < waiting.size() && all.hasRoom(); ) {
      Line line = waiting.remove();
      if (line.share.hasRoom()) {
        Turn turn = line.turns.iterator().next();
        line.turns.remove(turn);
        turn.begin(begun);
        pool.execute(turn::run);
        passed = 0;
      } else {
        passed++;
      }
      if (!line.turns.isEmpty()) {
        waiting.add(line);
      }
    }
  }

  /** Makes room for others once what was worked on so long has rested. */
  void afterRest(long nanos, Runnable makeRoom) {
    rest.thenRun(
        REST * nanos,
        () -> {
          synchronized (this) {
            makeRoom.run();
            begin();
          }
        });
  }

  void forget(Turn turn, Line line) {
    begun.remove(turn);
    if (line.turns.remove(turn) && line.turns.isEmpty()) {
      waiting.remove(line);
    }
  }

  /** Tells those that have others wait for the bytes that they hold since before a moment. */
  public void tellStalled(long nanoTime) {
    List<Turn> stalled;
    synchronized (this) {
      stalled = begun.stream().filter(turn -> turn.isStalled(nanoTime)).toList();
    }
    stalled.forEach(Turn::stalled);
  }

  synchronized long bytes() {
    return all.bytes();
  }

  synchronized int waiting() {
    return waiting.stream().mapToInt(line -> line.turns.size()).sum();
  }

  /** The turns of one address that wait, and what the others have. */
  final class Line {
    private final Object address;
    private final Share share = all.part(oneIn);
    private final Set<Turn> turns = new LinkedHashSet<>();

    Line(Object address) {
      this.address = address;
    }

    void add(int working, long bytes) {
      all.add(working, bytes);
      share.add(working, bytes);
      if (share.isUnused() && turns.isEmpty()) {
        lines.remove(address, this);
      }
    }

    boolean isShort() {
      return (!all.hasBytes() && !waiting.isEmpty()) || (!share.hasBytes() && !turns.isEmpty());
    }
  }
}
