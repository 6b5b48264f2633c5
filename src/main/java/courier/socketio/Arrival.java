package courier.socketio;

import com.corundumstudio.socketio.handler.ClientHead;
import java.util.function.Consumer;

/** A client that connects, and waits to be told where it starts. */
final class Arrival {
  private final ClientHead client;
  private final Auth auth;
  private final String room;
  private final Consumer<Recovery.Start> started;
  private final Consumer<String> refused;
  private final long at = System.nanoTime();

  Arrival(
      ClientHead client,
      Auth auth,
      String room,
      Consumer<Recovery.Start> started,
      Consumer<String> refused) {
    this.client = client;
    this.auth = auth;
    this.room = room;
    this.started = started;
    this.refused = refused;
  }

  ClientHead client() {
    return client;
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
