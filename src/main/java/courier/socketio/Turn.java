package courier.socketio;

import java.util.Set;

/** One turn of {@link Turns}, from when it waits on. */
final class Turn {
  /** Bytes that it counts for until it says what it holds. */
  static final long RESERVED = Page.LENGTH;

  /** What is done in a turn. */
  interface Work {
    /** Does it, and sees to it that the turn ends: then, or when its client has taken all. */
    void run(Turn turn);

    /** The client takes nothing, and others wait. */
    default void stalled() {}
  }

  private final Turns turns;
  private final Turns.Line line;
  private final Work work;
  private long bytes;
  private long sent;
  private boolean holding;
  private boolean ended;

  Turn(Turns turns, Turns.Line line, Work work) {
    this.turns = turns;
    this.line = line;
    this.work = work;
  }

  /** To be called with the lock of all turns. */
  void begin(Set<Turn> begun) {
    begun.add(this);
    bytes = RESERVED;
    line.add(1, RESERVED);
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
  void holds(long now) {
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
  void end() {
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
