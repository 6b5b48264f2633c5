package courier.socketio.session;

import courier.socketio.guard.PacketQuota;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The events that a client has emitted: they are handled one after the other, as it sent them, and
 * each when those before it are paid for.
 */
public final class EventQueue {
  private final PacketQuota quota;
  private final EventExecutor timer;
  private final Deque<Handling> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean busy;

  /** An event that is to be handled. */
  public interface Handling {
    /** Of the event and its attachments. */
    int bytes();

    /** How many of both there are. */
    int parts();

    /**
     * @param done to be run once, when the next one may begin
     */
    void begin(Runnable done);
  }

  EventQueue(PacketQuota quota, EventExecutor timer) {
    this.quota = quota;
    this.timer = timer;
  }

  public void add(Handling event) {
    synchronized (this) {
      waiting.add(event);
      waitingBytes += event.bytes();
      if (busy) {
        return;
      }
      busy = true;
    }
    begin();
  }

  /** Begins one after the other as long as each is done at once; else who is done goes on. */
  private void begin() {
    for (Handling event; (event = next()) != null; ) {
      quota.takesEvent(event.parts(), event.bytes());
      Done done = new Done();
      event.begin(done);
      if (!done.atOnce()) {
        return;
      }
    }
  }

  /** What may begin now, or null. */
  private synchronized Handling next() {
    long debt = quota.eventDebt();
    if (!waiting.isEmpty() && debt > 0) {
      if (!timer.isShuttingDown()) {
        timer.schedule(this::begin, debt, TimeUnit.NANOSECONDS);
      }
      return null;
    }
    Handling event = waiting.poll();
    busy = event != null;
    if (busy) {
      waitingBytes -= event.bytes();
    }
    return event;
  }

  /** How many wait for those before them. */
  public synchronized int waiting() {
    return waiting.size();
  }

  public synchronized long waitingBytes() {
    return waitingBytes;
  }

  private final class Done implements Runnable {
    private enum State {
      BEGUN,
      LEFT,
      DONE
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.BEGUN);

    @Override
    public void run() {
      if (state.getAndSet(State.DONE) == State.LEFT) {
        begin();
      }
    }

    boolean atOnce() {
      return !state.compareAndSet(State.BEGUN, State.LEFT);
    }
  }
}
