package courier.socketio;

import java.util.UUID;
import java.util.function.Consumer;

/** A client that connects, and waits to be told where it starts. */
final class Arrival {
  private final Session session;
  private final Auth auth;
  private final String room;
  private final Consumer<Recovery.Start> started;
  private final Consumer<String> refused;
  private final long at = System.nanoTime();
  private volatile Turn turn;
  private volatile boolean gone;

  Arrival(
      Session session,
      Auth auth,
      String room,
      Consumer<Recovery.Start> started,
      Consumer<String> refused) {
    this.session = session;
    this.auth = auth;
    this.room = room;
    this.started = started;
    this.refused = refused;
  }

  UUID id() {
    return session.client.getSessionId();
  }

  Session session() {
    return session;
  }

  /** Nobody needs to look up where a client was that has left. */
  boolean isGone() {
    return gone || !session.client.isConnected();
  }

  void waitsFor(Turn next) {
    turn = next;
    if (gone) {
      next.end();
    }
  }

  void leave() {
    gone = true;
    Turn last = turn;
    if (last != null) {
      last.end();
    }
  }

  Auth auth() {
    return auth;
  }

  String room() {
    return room;
  }

  /** When it came, as {@link System#nanoTime} has it. */
  long at() {
    return at;
  }

  void start(Recovery.Start start) {
    started.accept(start);
  }

  void refuse(String reason) {
    refused.accept(reason);
  }
}
