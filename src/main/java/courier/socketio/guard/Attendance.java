package courier.socketio.guard;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which sessions a person has, of which there may be so many. */
public final class Attendance {
  private final int most;
  private final Map<String, Set<Guarded>> people = new ConcurrentHashMap<>();

  public Attendance(SocketioLimits limits) {
    int limit = limits.getMaxConnectionsPerPerson();
    most = limit > 0 ? limit : Integer.MAX_VALUE;
  }

  /**
   * One more of a person comes.
   *
   * @throws IllegalArgumentException when there are as many as may be
   */
  public void enter(String person, Guarded session) {
    people.compute(
        person,
        (name, known) -> {
          Set<Guarded> sessions = known == null ? new HashSet<>() : known;
          if (sessions.size() >= most && !sessions.contains(session)) {
            throw new IllegalArgumentException(
                "There are %d connections of yours, and no more may be: close one, and connect again."
                    .formatted(most));
          }
          sessions.add(session);
          return sessions;
        });
  }

  /** It has gone; also one that was not here. */
  public void leave(String person, Guarded session) {
    people.computeIfPresent(
        person,
        (name, sessions) -> sessions.remove(session) && sessions.isEmpty() ? null : sessions);
  }

  int people() {
    return people.size();
  }
}
