package courier.http;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Holds requests back while the routes that answer them are replaced: it costs a client a moment,
 * where it would have met a 404 or a 503.
 */
public final class Gate {
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(6);

  private int inside;
  private Promise<Void> opening;

  /** Stands before all routes of this router's server. */
  public void install(VertxPlatformHttpRouter router) {
    // The outer router: what it lets through sees the routes that are there at that moment.
    Router outer = (Router) router.getServer().getServer().requestHandler();
    outer.route().order(Integer.MIN_VALUE).handler(this::pass);
  }

  private void pass(RoutingContext context) {
    if (context.request().path().startsWith("/socket.io/") || enter(context)) {
      context.next();
    }
  }

  private synchronized boolean enter(RoutingContext context) {
    if (opening == null) {
      inside++;
      context.addEndHandler(ended -> leave());
      return true;
    }
    context.request().pause();
    Context own = context.vertx().getOrCreateContext();
    opening
        .future()
        .onSuccess(
            open ->
                own.runOnContext(
                    now -> {
                      context.request().resume();
                      pass(context);
                    }));
    return false;
  }

  private synchronized void leave() {
    inside--;
    notifyAll();
  }

  /** Lets nobody in, and waits until those inside are answered; the slowest are not waited for. */
  public synchronized void close() throws InterruptedException {
    opening = Promise.promise();
    long deadline = System.nanoTime() + DRAIN_NANOS;
    long left = DRAIN_NANOS;
    while (inside > 0 && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
  }

  public synchronized void open() {
    if (opening != null) {
      opening.complete();
      opening = null;
    }
  }
}
