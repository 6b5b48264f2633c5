package courier.socketio;

import java.util.Map;
import java.util.Optional;

/** Decides where a client that connects goes on. */
final class Recovery {
  private final int log;
  private final Feed feed;
  private final EventStore store;

  Recovery(int log, Feed feed, EventStore store) {
    this.log = log;
    this.feed = feed;
    this.store = store;
  }

  /**
   * Where a client starts.
   *
   * @param pid what it is told; the one it had means that it gets all it has missed (recovered)
   */
  record Start(Cursor position, String pid) {}

  /** Where to start, if this can be said without the store. */
  Optional<Start> atOnce(Auth auth) {
    if (auth.lost(log).isEmpty() && auth.after() == null) {
      return Optional.of(anew());
    }
    return known(auth).filter(feed::remembers).map(position -> start(auth, position));
  }

  /** Whether the client was where this instance has yet to come to. */
  boolean isAhead(Auth auth) {
    return known(auth).filter(position -> !feed.position().covers(position)).isPresent();
  }

  /**
   * Where to start, as the store says.
   *
   * @throws IllegalArgumentException when {@code after} is nothing that is known here
   */
  Start lookUp(Auth auth, String room) throws Exception {
    Optional<Cursor> position = known(auth);
    if (position.isEmpty()) {
      Cursor found = positionOf(auth.after());
      return new Start(found, found.toString());
    }
    boolean whole =
        feed.position().covers(position.get())
            && (auth.lost(log).isEmpty() || isKept(position.get(), room));
    return whole ? start(auth, position.get()) : anew();
  }

  private Optional<Cursor> known(Auth auth) {
    return auth.lost(log)
        .or(() -> Optional.ofNullable(auth.after()).flatMap(after -> Cursor.parse(after, log)));
  }

  private Start start(Auth auth, Cursor position) {
    String pid = auth.lost(log).isPresent() ? auth.pid() : position.between().toString();
    return new Start(position, pid);
  }

  private Start anew() {
    Cursor position = feed.position().between();
    return new Start(position, position.toString());
  }

  /** Events are deleted from the oldest on: while the client's last one is kept, the rest is. */
  private boolean isKept(Cursor position, String room) throws Exception {
    int partition = position.last();
    if (partition < 0) {
      return true;
    }
    long offset = position.next(partition) - 1;
    return !store.missed(room, partition, offset, offset + 1, 1).isEmpty();
  }

  private Cursor positionOf(String id) throws Exception {
    // First where the feed is: what comes while the store is asked is then after it.
    Cursor position = feed.position().between();
    Map<Integer, Long> found = store.positionOf(id);
    if (found == null) {
      throw new IllegalArgumentException(
          "after: \"%s\" is neither the _id of a stored message nor a cursor: leave it out."
              .formatted(id));
    }
    for (Map.Entry<Integer, Long> entry : found.entrySet()) {
      position = position.at(entry.getKey(), entry.getValue());
    }
    return position;
  }
}
