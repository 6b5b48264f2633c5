package courier;

import courier.failure.Reason;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of this process, from the start of the first to the stop of the last, which is the one
 * that was started first. Whatever a part does, the process ends in time.
 */
final class Lifetime {
  private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);
  private static final int FAILED = 1;
  private static final int TERMINATED = 143;
  private static final int FRAMES = 10;

  private final Deque<Part> running = new ArrayDeque<>();
  private final Thread starter = Thread.currentThread();
  private volatile Part current;
  private volatile boolean starting;
  private volatile boolean ending;
  private volatile int status = TERMINATED;

  /**
   * Starts one after the other.
   *
   * @param drainMillis how long those who hold connections to them may take to leave before that
   * @param stopMillis how long all of them may take to stop
   * @throws InterruptedException when the process ends meanwhile
   */
  void start(List<Part> parts, long drainMillis, long stopMillis) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(drainMillis, stopMillis), "stop"));
    starting = true;
    try {
      for (Part part : parts) {
        start(part);
      }
    } catch (Exception e) {
      status = ending ? status : FAILED;
      throw e;
    } catch (Error e) { // or the parts that run already would go on without the others
      status = FAILED;
      throw new IllegalStateException(e);
    } finally {
      starting = false;
    }
  }

  private void start(Part part) throws Exception {
    synchronized (running) {
      current = part;
      if (ending) {
        throw new InterruptedException();
      }
      running.push(part);
      part.start();
    }
  }

  /** Ends the process because it cannot do its work. Returns at once, to any thread. */
  synchronized void fail(String why) {
    if (!ending) {
      ending = true;
      status = FAILED;
      System.err.println("courier: " + why);
      new Thread(() -> System.exit(FAILED), "fail").start();
    }
  }

  boolean isEnding() {
    return ending;
  }

  int status() {
    return status;
  }

  private void end(long drainMillis, long millis) {
    ending = true;
    if (starting && current instanceof Service) {
      // It may wait for a server that is not there; the embedded ones take no interrupt in a write.
      starter.interrupt();
    }
    if (!starting && status == TERMINATED) {
      drain(drainMillis);
    }
    Thread stopper = new Thread(this::stop, "stop-parts");
    stopper.setDaemon(true);
    stopper.start();
    try {
      stopper.join(Math.max(1, millis));
    } catch (InterruptedException e) {
      LOG.debug("Nobody waits for the end any more", e);
    }
    if (stopper.isAlive()) {
      LOG.error(
          "{} does not stop within {} ms, so the process ends without it. It is at{}",
          current.name(),
          millis,
          place(starting ? starter : stopper));
      Runtime.getRuntime().halt(status);
    }
  }

  private void drain(long millis) {
    synchronized (running) {
      running.forEach(Part::announceEnd);
      try {
        for (Part part : running) {
          part.drain(millis);
        }
      } catch (InterruptedException | RuntimeException e) {
        LOG.warn("The connections are closed all at once: {}", Reason.of(e));
      }
    }
  }

  private void stop() {
    synchronized (running) {
      for (Part part : running) {
        current = part;
        try {
          part.close();
        } catch (RuntimeException e) {
          LOG.warn("{} did not stop cleanly: {}", part.name(), Reason.of(e));
        }
      }
    }
  }

  private static String place(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .limit(FRAMES)
        .map(frame -> " < " + frame)
        .collect(Collectors.joining());
  }
}
