package courier.feed.turns;

import java.util.Set;

/** One turn of {@link Turns}, from when it waits on. */
public final class Turn {
  /** What is done in a turn. */
  public interface Work {
    /** Does it, and sees to it that the turn ends: then, or when its client has taken all. */
    void run(Turn turn);

    /** The client takes nothing, and others wait. */
    default void stalled() {}
  }

  private final Turns turns;
  private final Turns.Line line;
  private final Work work;
  private final long reserved;
  private long bytes;
  private long sent;
  private boolean holding;
  private boolean ended;

  Turn(Turns turns, Turns.Line line, Work work, long reserved) {
    this.turns = turns;
    this.line = line;
    this.work = work;
    this.reserved = reserved;
  }

  /** To be called with the lock of all turns. */
  void begin(Set<Turn> begun) {
    begun.add(this);
    bytes = reserved;
    line.add(1, reserved);
  }

  void run() {
    long began = System.nanoTime();
    try {
      work.run(this);
    } finally {
      turns.afterRest(System.nanoTime() - began, () -> line.add(-1, 0));
    }
  }

  void stalled() {
    work.stalled();
  }

  /** Whether its client has held its bytes since before a moment while others wait for them. */
  boolean isStalled(long nanoTime) {
    return holding && sent - nanoTime < 0 && line.isShort();
  }

  /** Says how many bytes are sent to the client, and held until it has taken them. */
  public void holds(long now) {
    synchronized (turns) {
      if (!ended) {
        holding = true;
        sent = System.nanoTime();
        line.add(0, now - bytes);
        bytes = now;
        turns.begin();
      }
    }
  }

  /** Ends it, also when it has not begun. */
  public void end() {
    synchronized (turns) {
      if (!ended) {
        ended = true;
        turns.forget(this, line);
        line.add(0, -bytes);
        turns.begin();
      }
    }
  }
}
