package courier.socketio.session;

import courier.socketio.guard.Doorkeeper;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Who a client has shown to be, and how long it may stay by that. */
public final class Stay {
  private final EventExecutor timer;
  private final Runnable end;
  private volatile Doorkeeper.Caller caller;
  private Future<?> ending;

  /**
   * @param end what is done when it is over
   */
  Stay(EventExecutor timer, Runnable end) {
    this.timer = timer;
    this.end = end;
  }

  /** Who it is, or null where nobody is asked. */
  Doorkeeper.Caller caller() {
    return caller;
  }

  /**
   * From now on it lasts as long as this says; then the client has to come again.
   *
   * @return false if the client is known as somebody else
   */
  public synchronized boolean begin(Doorkeeper.Caller known) {
    if (caller != null && !caller.name().equals(known.name())) {
      return false;
    }
    caller = known;
    forget();
    ending = timer.schedule(end, Math.max(0, known.left().toMillis()), TimeUnit.MILLISECONDS);
    return true;
  }

  /** Ends it if what the client has shown was taken back. */
  void endUnlessWelcome() {
    Doorkeeper.Caller known = caller;
    if (known != null && !known.mayStay()) {
      end.run();
    }
  }

  /** Its end is not waited for any more. */
  synchronized void forget() {
    if (ending != null) {
      ending.cancel(false);
    }
  }
}
