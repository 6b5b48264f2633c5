package courier.chaos.checker;

import static java.util.Comparator.comparingLong;

import courier.chaos.ledger.Entry;
import courier.chaos.ledger.What;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How long after the end of a fault it took until of each sender a message sent after it was
 * pushed. Told only of faults whose recovery no other fault disturbed.
 */
record Recovery(String fault, long millis) {
  static final Recovery NONE = new Recovery("no fault that was alone", -1);

  static Recovery slowest(List<Entry> ledger, Sent sent, Deliveries deliveries) {
    Set<String> senders = new TreeSet<>(sent.sender.values());
    Recovery slowest = NONE;
    int open = 0;
    for (int i = 0; i < ledger.size(); i++) {
      Entry entry = ledger.get(i);
      if (entry.what() == What.FAULT_BEGINS) {
        open++;
      } else if (entry.what() == What.FAULT_ENDS && --open == 0) {
        long until = again(entry.at(), senders, sent, deliveries);
        if (until < nextFault(ledger.subList(i, ledger.size()))) {
          slowest = slower(slowest, new Recovery(entry.who(), until - entry.at()));
        }
      }
    }
    return slowest;
  }

  private static Recovery slower(Recovery one, Recovery other) {
    return List.of(one, other).stream().max(comparingLong(Recovery::millis)).orElseThrow();
  }

  private static long nextFault(List<Entry> rest) {
    return rest.stream()
        .filter(entry -> entry.what() == What.FAULT_BEGINS)
        .mapToLong(Entry::at)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /** When the last sender's first message sent after that time was pushed; never is the end. */
  private static long again(long end, Set<String> senders, Sent sent, Deliveries deliveries) {
    Map<String, Long> again = new HashMap<>();
    sent.invoked.forEach(
        (id, at) -> {
          if (at >= end) {
            again.merge(sent.sender.get(id), deliveries.first(id), Math::min);
          }
        });
    return again.keySet().equals(senders)
        ? again.values().stream().mapToLong(at -> at).max().orElse(Long.MAX_VALUE)
        : Long.MAX_VALUE;
  }
}
