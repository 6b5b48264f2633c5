package courier.chaos.checker;

import courier.chaos.ledger.Entry;
import courier.chaos.ledger.What;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who got which push, and when first. */
final class Deliveries {
  /** Of each listener what it got and when first, in that order. */
  final Map<String, Map<String, Long>> listeners = new TreeMap<>();

  /** Of each listener what it got more than once. */
  final Map<String, List<String>> twice = new TreeMap<>();

  /** Under which ids each message was pushed. */
  final Map<String, Set<String>> ids = new TreeMap<>();

  int received;

  private final Map<String, Long> firsts = new TreeMap<>();

  Deliveries(List<Entry> ledger) {
    for (Entry entry : ledger) {
      if (entry.what() == What.PUSHED) {
        received++;
        ids.computeIfAbsent(entry.id(), key -> new HashSet<>()).add(entry.detail());
        firsts.putIfAbsent(entry.id(), entry.at());
        List<String> again = twice.computeIfAbsent(entry.who(), key -> new ArrayList<>());
        Map<String, Long> got =
            listeners.computeIfAbsent(entry.who(), key -> new LinkedHashMap<>());
        if (got.putIfAbsent(entry.id(), entry.at()) != null) {
          again.add(entry.id());
        }
      }
    }
  }

  /** When it was first pushed to anybody, the end of all times when it never was. */
  long first(String text) {
    return firsts.getOrDefault(text, Long.MAX_VALUE);
  }
}
