package courier.socketio.server;

import courier.feed.turns.Turns;
import courier.socketio.guard.Admission;
import courier.socketio.guard.SocketioLimits;
import courier.socketio.guard.WaitingBytes;
import courier.socketio.packet.EventAssembly;
import courier.socketio.packet.EventError;
import courier.socketio.packet.EventPacket;
import courier.socketio.session.EventQueue;
import courier.socketio.session.Session;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** What clients emit, on its way to the routes that take it. */
public final class ClientEvents {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<Key, EventHandler> handlers = new ConcurrentHashMap<>();
  private final WaitingBytes waiting;
  private final EventGate gate = new EventGate();
  private volatile Turns turns;

  private record Key(String namespace, String event) {}

  ClientEvents(SocketioLimits limits) {
    waiting = new WaitingBytes(limits.getMaxEventBytes());
  }

  /**
   * Where events are handled from now on. Addresses take turns.
   *
   * @param workers how many are handled at a time; those of one address no more than a quarter of
   *     it
   */
  public void handleIn(Executor pool, int workers) {
    turns = Turns.withoutRest(pool, workers);
  }

  /**
   * @param namespace as the server has it; empty is the default one
   * @throws IllegalArgumentException when another route takes it
   */
  public void take(String namespace, String event, EventHandler handler) {
    if (handlers.putIfAbsent(new Key(namespace, event), handler) != null) {
      throw new IllegalArgumentException(
          "Another route takes the event \"%s\": an acknowledgement can only have one answer."
              .formatted(event));
    }
  }

  public void leave(String namespace, String event, EventHandler handler) {
    handlers.remove(new Key(namespace, event), handler);
  }

  /** Where events are held back for a while. */
  public EventGate gate() {
    return gate;
  }

  /** Whether any are taken. */
  boolean areTaken() {
    return !handlers.isEmpty();
  }

  boolean areTaken(String namespace, String event) {
    return handlers.containsKey(new Key(namespace, event));
  }

  /**
   * Has an event handled, after those that the client emitted before.
   *
   * @return whether there is room for it
   */
  boolean emitted(Session session, EventAssembly.Whole event) {
    if (!waiting.takes(session.address, event.bytes())) {
      return false;
    }
    String room = session.room(); // it may have left when its turn comes
    session.events.add(
        new EventQueue.Handling() {
          @Override
          public int bytes() {
            return event.bytes();
          }

          @Override
          public int parts() {
            return 1 + event.attachments().size();
          }

          @Override
          public void begin(Runnable next) {
            gate.begin(
                () ->
                    handle(
                        session,
                        room,
                        event,
                        () -> {
                          waiting.leaves(session.address, event.bytes());
                          gate.end();
                          next.run();
                        }));
          }
        });
    return true;
  }

  private void handle(Session session, String room, EventAssembly.Whole whole, Runnable done) {
    EventPacket event = whole.event();
    if (!areTaken(event.namespace(), event.name())) {
      refuse(session, room, whole, done);
      return;
    }
    turns.next(
        Admission.key(session.address),
        turn -> {
          long began = THREADS.getCurrentThreadCpuTime();
          try {
            // It may be another route's by now, or nobody's.
            handlers
                .getOrDefault(new Key(event.namespace(), event.name()), ClientEvents::refuse)
                .handle(session, room, whole, done);
          } finally {
            session.quota.computes(THREADS.getCurrentThreadCpuTime() - began);
            turn.end();
          }
        });
  }

  private static void refuse(
      Session session, String room, EventAssembly.Whole whole, Runnable done) {
    session.acknowledge(whole.event(), List.of(unknown(whole.event())));
    done.run();
  }

  private static EventError unknown(EventPacket event) {
    return EventError.of(
        404, "Not Found", "No route takes the event \"%s\".".formatted(event.name()));
  }
}
