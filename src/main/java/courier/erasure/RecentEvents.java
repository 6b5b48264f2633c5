package courier.erasure;

import courier.socketio.SocketioComponent;
import org.apache.camel.CamelContext;

/** The last events, which are in memory for those who were away for a moment. */
public final class RecentEvents {
  private RecentEvents() {}

  /** Has them read from the store, which knows what is gone. */
  public static void forget(CamelContext context) {
    context.getComponent("socketio", SocketioComponent.class).forgetEvents();
  }
}
