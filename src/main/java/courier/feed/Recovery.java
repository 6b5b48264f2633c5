package courier.feed;

import courier.feed.log.Cursor;
import courier.feed.log.LogBounds;
import java.util.Map;
import java.util.Optional;

/** Decides where a client that connects goes on. */
final class Recovery {
  private static final int SHOWN = 100;

  private final LogBounds log;
  private final Feed feed;
  private final EventStore store;

  Recovery(LogBounds log, Feed feed, EventStore store) {
    this.log = log;
    this.feed = feed;
    this.store = store;
  }

  /**
   * Where a client starts.
   *
   * @param pid what it is told; the one it had means that it gets all it has missed (recovered)
   */
  record Start(Cursor position, String pid, Counts.Start how) {}

  /** Where to start, if this can be said without the store and the log. */
  Optional<Start> atOnce(LastSeen seen) {
    if (seen.pid() == null && seen.after() == null) {
      return Optional.of(anew(Counts.Start.NEW));
    }
    return seen.position(feed.position())
        .filter(feed::remembers)
        .map(position -> start(seen, position, Counts.Start.MEMORY));
  }

  /**
   * Where to start, as the store and the log say. Where a client was, and this instance is not yet,
   * is believed unless it is beyond the log's end: another instance may be ahead.
   *
   * @param asOf no earlier than when the client came
   * @throws IllegalArgumentException when {@code after} is nothing that is known here
   */
  Start lookUp(LastSeen seen, String room, long asOf) throws Exception {
    Cursor here = feed.position();
    Optional<Cursor> position = seen.position(here);
    if (position.isEmpty() && seen.pid() == null) {
      Optional<Start> found = after(seen.after(), room);
      if (found.isPresent()) {
        return found.get();
      }
    }
    if (position.filter(here::covers).isEmpty()) {
      Cursor end = log.end(asOf);
      position = seen.position(end).filter(end::covers);
    }
    if (position.isPresent()) {
      boolean whole = seen.lost(position.get()).isEmpty() || isKept(position.get(), room);
      return whole ? start(seen, position.get(), Counts.Start.STORE) : anew(Counts.Start.LOST);
    }
    if (seen.after() == null || seen.position(here).isPresent()) {
      return anew(Counts.Start.LOST);
    }
    return after(seen.after(), room)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "after: \"%s\" is neither the _id of a stored message nor a cursor: leave it out."
                        .formatted(shown(seen.after()))));
  }

  private static String shown(String after) {
    return after.length() > SHOWN ? after.substring(0, SHOWN) + "…" : after;
  }

  private static Start start(LastSeen seen, Cursor position, Counts.Start how) {
    boolean lost = seen.lost(position).isPresent();
    return new Start(position, lost ? seen.pid() : position.between().toString(), how);
  }

  private Start anew(Counts.Start how) {
    Cursor position = feed.position().between();
    return new Start(position, position.toString(), how);
  }

  /** Events are deleted from the oldest on: while the client's last one is kept, the rest is. */
  private boolean isKept(Cursor position, String room) throws Exception {
    int partition = position.last();
    if (partition < 0) {
      return true;
    }
    long offset = position.next(partition) - 1;
    return !store.missed(position, room, partition, offset, 1).isEmpty();
  }

  private Optional<Start> after(String id, String room) throws Exception {
    // First where the feed is: what comes while the store is asked is then after it.
    Cursor position = feed.position().between();
    Map<Integer, Long> found = store.positionOf(id, room, position);
    if (found == null) {
      return Optional.empty();
    }
    for (Map.Entry<Integer, Long> entry : found.entrySet()) {
      position = position.at(entry.getKey(), entry.getValue());
    }
    return Optional.of(new Start(position, position.toString(), Counts.Start.STORE));
  }
}
