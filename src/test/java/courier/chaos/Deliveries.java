package courier.chaos;

import static courier.chaos.Sessions.instance;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who got which push, and when first. */
final class Deliveries {
  private final Map<String, Map<String, Long>> firsts = new TreeMap<>();

  /** Under which ids each message was pushed. */
  final Map<String, Set<String>> ids = new TreeMap<>();

  /** The messages that were pushed more than once, by one instance or by two. */
  final Set<String> twice = new HashSet<>();

  int received;

  Deliveries(List<Entry> ledger) {
    for (Entry entry : ledger) {
      if (entry.what() == What.PUSHED) {
        received++;
        ids.computeIfAbsent(entry.id(), key -> new HashSet<>()).add(entry.detail());
        Map<String, Long> listeners = firsts.computeIfAbsent(entry.id(), key -> new TreeMap<>());
        if (listeners.putIfAbsent(entry.who(), entry.at()) != null
            || listeners.keySet().stream()
                .anyMatch(other -> !instance(other).equals(instance(entry.who())))) {
          twice.add(entry.id());
        }
      }
    }
  }

  /** Of each listener that got it the time when it first did. */
  Map<String, Long> of(String text) {
    return firsts.getOrDefault(text, Map.of());
  }

  /** When it was first pushed to anybody, the end of all times when it never was. */
  long first(String text) {
    return of(text).values().stream().mapToLong(at -> at).min().orElse(Long.MAX_VALUE);
  }
}
