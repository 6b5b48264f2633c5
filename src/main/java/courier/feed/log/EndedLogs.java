package courier.feed.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The logs that were before the present one, each with where it ended. */
public final class EndedLogs {
  private final Map<String, Cursor> ends = new LinkedHashMap<>();
  private final Map<String, String> following = new LinkedHashMap<>();

  /**
   * @param end of the log that was the present one
   * @param log that is the present one from now on
   */
  public void add(Cursor end, String log) {
    ends.put(end.log(), end);
    following.put(end.log(), log);
  }

  /** Where a log ended, if it has. */
  public Optional<Cursor> end(String log) {
    return Optional.ofNullable(ends.get(log));
  }

  /** Where who has all of a log that has ended goes on. */
  public Cursor after(Cursor end) {
    return Cursor.start(following.get(end.log()));
  }
}
