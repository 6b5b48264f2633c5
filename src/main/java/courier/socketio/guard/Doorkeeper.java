package courier.socketio.guard;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Says who a client is that connects, by the {@code auth.token} that it shows. */
public interface Doorkeeper {
  /** Somebody who was let in. */
  interface Caller {
    String name();

    /** Whether it may connect by another's name than its own. */
    boolean mayBeAnybody();

    /** How long it may stay from now on; it has to come again with another token then. */
    Duration left();

    /** Whether it may stay so long indeed. */
    boolean mayStay();
  }

  /**
   * Who it is.
   *
   * @param token null if it shows none
   * @return from any thread; if it is not let in, a failure whose message the client is told
   */
  CompletionStage<Caller> ask(String token);
}
