package courier.reload.save;

import courier.http.Gate;
import courier.kafka.consumer.PollIsBatch;
import courier.socketio.SocketioComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/**
 * What comes in, and is held back while routes are replaced: requests, events of sockets, and
 * records of Kafka. Camel would wait for a moment in which a route has nothing to do, looking once
 * a second, and under load there is none for long.
 */
final class Intake {
  private static final List<String> ANSWERING = List.of("platform-http:", "socketio:", "direct:");
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(6);

  /** For a consumer that polls for long nobody waits longer. */
  private static final long MOST_POLL_MILLIS = 1_000;

  /** From the end of a poll until the consumer holds. */
  private static final long NOTICE_MILLIS = 20;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final CamelContext context;
  private final Gate gate;
  private final List<Consumer> held = new ArrayList<>();

  Intake(CamelContext context, Gate gate) {
    this.context = context;
    this.gate = gate;
  }

  /** Whether routes of these files answer somebody, or are steps of some that do. */
  static boolean isOf(Set<Path> files, Map<Path, String> texts) {
    return files.stream()
        .map(file -> texts.getOrDefault(file, ""))
        .anyMatch(text -> ANSWERING.stream().anyMatch(text::contains));
  }

  /**
   * Waits until these routes have done what they are at; the slowest are not waited for.
   *
   * @param answering whether somebody waits for their answers
   */
  void hold(List<String> routes, boolean answering) throws InterruptedException {
    List<String> busy = new ArrayList<>(routes);
    long poll = PollIsBatch.IDLE.toMillis();
    for (Route route : context.getRoutes()) {
      if (route.getEndpoint() instanceof KafkaEndpoint kafka && isRunning(route)) {
        poll = Math.max(poll, kafka.getConfiguration().getPollTimeoutMs());
        held.add(route.getConsumer());
        busy.add(route.getRouteId());
        ServiceHelper.suspendService(route.getConsumer());
      }
    }
    if (answering) {
      gate.close();
      if (socketio() != null) {
        socketio().holdEvents();
      }
    }
    long deadline = System.nanoTime() + DRAIN_NANOS;
    drain(busy, deadline);
    if (!held.isEmpty()) {
      // A consumer notices at the end of its poll; until then it may begin with a last batch.
      long notice = Math.min(poll, MOST_POLL_MILLIS) + NOTICE_MILLIS;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(notice));
      drain(busy, deadline);
    }
  }

  private void drain(List<String> routes, long deadline) {
    while (routes.stream().anyMatch(this::isBusy) && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private boolean isRunning(Route route) {
    return context.getRouteController().getRouteStatus(route.getRouteId()).isStarted();
  }

  private boolean isBusy(String route) {
    return context.getInflightRepository().size(route) > 0;
  }

  /** Of routes that were replaced others read on. */
  void letGo() {
    List<Consumer> consumers = context.getRoutes().stream().map(Route::getConsumer).toList();
    held.stream().filter(consumers::contains).forEach(ServiceHelper::resumeService);
    held.clear();
    gate.open();
    if (socketio() != null) {
      socketio().releaseEvents();
    }
  }

  /** Null while no route uses it. */
  private SocketioComponent socketio() {
    return (SocketioComponent) context.hasComponent("socketio");
  }
}
