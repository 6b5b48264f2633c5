package courier.socketio.session;

import courier.socketio.guard.Attendance;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whose events each session gets. */
final class Rooms {
  private final Map<String, Set<Session>> byName = new ConcurrentHashMap<>();
  private final Attendance attendance;

  /**
   * @param attendance how many a person may have
   */
  Rooms(Attendance attendance) {
    this.attendance = attendance;
  }

  /** Those who are in this room, also while they catch up. */
  Collection<Session> in(String room) {
    return byName.getOrDefault(room, Set.of());
  }

  /**
   * @throws IllegalArgumentException when its person has too many sessions
   */
  void enter(Session session, Connection as) {
    leave(session);
    attendance.enter(person(session, as.room()), session);
    session.connects(as);
    byName.compute(
        as.room(),
        (room, others) -> {
          Set<Session> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(session);
          return all;
        });
  }

  void leave(Session session) {
    String left = session.room();
    if (left != null) {
      session.connects(null);
      attendance.leave(person(session, left), session);
      byName.computeIfPresent(
          left, (room, all) -> all.remove(session) && all.isEmpty() ? null : all);
    }
  }

  private static String person(Session session, String room) {
    return session.stay.caller() == null ? room : session.stay.caller().name();
  }
}
