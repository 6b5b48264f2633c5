package courier.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Holds requests back while the routes that answer them are replaced: it costs a client a moment,
 * where it would have met a 404 or a 503.
 */
public final class Gate {
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(6);

  private final Set<Visit> inside = new HashSet<>();
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

  private synchronized boolean enter(RoutingContext request) {
    Visit visit = new Visit(request, request.vertx().getOrCreateContext());
    if (opening == null) {
      inside.add(visit);
      request.addEndHandler(ended -> leave(visit));
      return true;
    }
    request.request().pause();
    opening.future().onSuccess(open -> visit.run(() -> enterAtLast(request)));
    return false;
  }

  private void enterAtLast(RoutingContext request) {
    request.request().resume();
    pass(request);
  }

  private synchronized void leave(Visit visit) {
    inside.remove(visit);
    notifyAll();
  }

  /** Lets nobody in, and waits until those inside are answered; the slowest are not waited for. */
  public void close() throws InterruptedException {
    List<Visit> visits = shut();
    // Not inside yet is who still sends: the rest of it is held back as well.
    Future.join(visits.stream().map(visit -> visit.run(() -> holdBack(visit))).toList())
        .toCompletionStage()
        .toCompletableFuture()
        .completeOnTimeout(null, DRAIN_NANOS, TimeUnit.NANOSECONDS)
        .join();
    drain();
  }

  private synchronized List<Visit> shut() {
    opening = Promise.promise();
    return List.copyOf(inside);
  }

  private synchronized void holdBack(Visit visit) {
    if (!visit.request().request().isEnded() && inside.remove(visit)) {
      visit.request().request().pause();
      comeIn(visit);
    }
  }

  private synchronized void comeIn(Visit visit) {
    if (opening != null) {
      opening.future().onSuccess(open -> visit.run(() -> comeIn(visit)));
    } else if (!visit.request().response().ended() && !visit.request().response().closed()) {
      inside.add(visit);
      visit.request().request().resume();
    }
  }

  private synchronized void drain() throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN_NANOS;
    long left = DRAIN_NANOS;
    while (!inside.isEmpty() && left > 0) {
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

  /** A request, and where what happens to it happens. */
  private record Visit(RoutingContext request, Context context) {
    Future<Void> run(Runnable step) {
      Promise<Void> done = Promise.promise();
      context.runOnContext(
          now -> {
            try {
              step.run();
            } finally {
              done.complete();
            }
          });
      return done.future();
    }
  }
}
