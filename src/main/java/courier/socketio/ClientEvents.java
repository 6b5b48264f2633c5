package courier.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What clients emit, on its way to the routes that take it. */
final class ClientEvents {
  /** The longest that anybody waits for one. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Map<Key, SocketioConsumer> consumers = new ConcurrentHashMap<>();
  private final AtomicLong waiting = new AtomicLong();
  private final long maxWaitingBytes;
  private int handled;

  /** What comes meanwhile; null when all go on. */
  private List<Runnable> held;

  private record Key(String namespace, String event) {}

  ClientEvents(SocketioLimits limits) {
    maxWaitingBytes = limits.getMaxEventBytes();
  }

  /**
   * @param namespace as the server has it; empty is the default one
   * @throws IllegalArgumentException when another route takes it
   */
  void take(String namespace, String event, SocketioConsumer consumer) {
    if (consumers.putIfAbsent(new Key(namespace, event), consumer) != null) {
      throw new IllegalArgumentException(
          "Another route takes the event \"%s\": an acknowledgement can only have one answer."
              .formatted(event));
    }
  }

  void leave(String namespace, String event, SocketioConsumer consumer) {
    consumers.remove(new Key(namespace, event), consumer);
  }

  /** Whether any are taken. */
  boolean areTaken() {
    return !consumers.isEmpty();
  }

  boolean areTaken(String namespace, String event) {
    return consumers.containsKey(new Key(namespace, event));
  }

  /**
   * Has an event handled, after those that the client emitted before.
   *
   * @return whether there is room for it
   */
  boolean emitted(Session session, EventAssembly.Whole whole) {
    int bytes = whole.bytes();
    if (waiting.addAndGet(bytes) > maxWaitingBytes) {
      waiting.addAndGet(-bytes);
      return false;
    }
    session.events.add(
        next ->
            begin(
                () ->
                    handle(
                        session,
                        whole,
                        () -> {
                          waiting.addAndGet(-bytes);
                          end();
                          next.run();
                        })));
    return true;
  }

  private void handle(Session session, EventAssembly.Whole whole, Runnable done) {
    EventPacket event = whole.event();
    SocketioConsumer consumer = consumers.get(new Key(event.namespace(), event.name()));
    if (consumer != null) {
      consumer.handle(session, event, whole.attachments(), done);
    } else {
      session.acknowledge(event, List.of(unknown(event)));
      done.run();
    }
  }

  private void begin(Runnable event) {
    synchronized (this) {
      if (held != null) {
        held.add(event);
        return;
      }
      handled++;
    }
    event.run();
  }

  private synchronized void end() {
    handled--;
    notifyAll();
  }

  /** Begins with no more events, and waits until those are handled that were begun, or a while. */
  synchronized void hold() throws InterruptedException {
    held = new ArrayList<>();
    long deadline = System.nanoTime() + DRAIN_NANOS;
    for (long left = DRAIN_NANOS; handled > 0 && left > 0; left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Goes on with what was held back. */
  void release() {
    List<Runnable> next;
    synchronized (this) {
      next = held == null ? List.of() : held;
      held = null;
    }
    next.forEach(this::begin);
  }

  private static EventError unknown(EventPacket event) {
    return EventError.of(
        404, "Not Found", "No route takes the event \"%s\".".formatted(event.name()));
  }
}
