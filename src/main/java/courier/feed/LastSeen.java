package courier.feed;

import courier.feed.log.Cursor;
import java.util.Optional;

/**
 * What a client that connects says it has seen.
 *
 * @param after the event's id or the cursor after which it wants all, or null
 * @param pid the position at which it connected before, or null
 * @param offset the cursor of the last event it got since, or null
 */
public record LastSeen(String after, String pid, String offset) {
  /**
   * Where the client was when its connection was lost, if that is known and in this log.
   *
   * @param log a position in it
   */
  Optional<Cursor> lost(Cursor log) {
    if (pid == null) {
      return Optional.empty();
    }
    Optional<Cursor> connected = Cursor.parse(pid, log);
    Optional<Cursor> last = Optional.ofNullable(offset).flatMap(text -> Cursor.parse(text, log));
    // The offset may be older: a client that starts anew keeps that of its last event. Or it may be
    // the one in this log: who stays connected while another log begins keeps its pid.
    return connected.isPresent() && last.isPresent()
        ? Optional.of(connected.get().max(last.get()))
        : last.or(() -> connected);
  }

  /** Where it wants to go on, if it says so by a position in this log. */
  Optional<Cursor> position(Cursor log) {
    return lost(log).or(() -> Optional.ofNullable(after).flatMap(text -> Cursor.parse(text, log)));
  }
}
