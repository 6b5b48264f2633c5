package courier.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** When each listener was connected, as it saw it itself: {@code name@instance}. */
final class Sessions {
  private static final long OPEN = Long.MAX_VALUE;

  private final Map<String, List<long[]>> sessions = new LinkedHashMap<>();

  /** The listeners of each instance. */
  final Map<String, Set<String>> instances = new TreeMap<>();

  Sessions(List<Entry> ledger) {
    for (Entry entry : ledger) {
      switch (entry.what()) {
        case CONNECTED -> {
          instances.computeIfAbsent(instance(entry.who()), key -> new TreeSet<>()).add(entry.who());
          sessions
              .computeIfAbsent(entry.who(), key -> new ArrayList<>())
              .add(new long[] {entry.at(), OPEN});
        }
        case DISCONNECTED -> {
          List<long[]> all = sessions.getOrDefault(entry.who(), List.of());
          if (!all.isEmpty()) {
            all.get(all.size() - 1)[1] = entry.at();
          }
        }
        default -> {}
      }
    }
  }

  static String instance(String listener) {
    return listener.substring(listener.indexOf('@') + 1);
  }

  /** Whether the listener was connected without a break. */
  boolean cover(String listener, long from, long until) {
    return sessions.getOrDefault(listener, List.of()).stream()
        .anyMatch(session -> session[0] <= from && session[1] >= until);
  }
}
