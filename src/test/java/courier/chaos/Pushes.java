package courier.chaos;

import static courier.chaos.Finding.DUPLICATE;
import static courier.chaos.Finding.LOST_PUSH;
import static courier.chaos.Finding.PHANTOM;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether what was stored was pushed to whom was connected. An instance pushes what it handles to
 * its own listeners, and a partition is handled in its order: so a message was pushed between its
 * send and the first push of a later one of its partition, and a listener that was connected all
 * that while, and some time before and after, must have it. Of the others nothing is known.
 */
final class Pushes {
  private static final long BEFORE = 1_000;
  private static final long AFTER = 5_000;

  private final List<Finding> findings = new ArrayList<>();
  private final Sent sent;
  private final Sessions sessions;
  private final Deliveries deliveries;
  private final long ended;
  private int notObservable;

  Pushes(History history, Sent sent) {
    this.sent = sent;
    sessions = new Sessions(history.ledger());
    deliveries = new Deliveries(history.ledger());
    ended = history.ledger().stream().mapToLong(Entry::at).max().orElse(0);
    odd();
    history.stored().stream()
        .filter(message -> sent.invoked.containsKey(message.text()))
        .collect(groupingBy(Stored::partition))
        .values()
        .forEach(this::lost);
  }

  private void odd() {
    deliveries.ids.forEach(
        (text, ids) -> {
          if (ids.size() > 1) {
            findings.add(new Finding(DUPLICATE, text, "pushed as " + ids));
          }
          if (!sent.invoked.containsKey(text)) {
            findings.add(new Finding(PHANTOM, text, "pushed, and never sent"));
          }
        });
  }

  private void lost(List<Stored> partition) {
    long handled = Long.MAX_VALUE;
    for (Stored message :
        partition.stream().sorted(comparingLong(Stored::offset).reversed()).toList()) {
      judge(message.text(), handled);
      handled = Math.min(handled, deliveries.first(message.text()));
    }
  }

  /**
   * @param handled when it was handled at the latest
   */
  private void judge(String text, long handled) {
    Map<String, Long> got = deliveries.of(text);
    Map<String, Set<String>> without = new TreeMap<>();
    sessions.instances.forEach(
        (instance, listeners) -> {
          Set<String> missing = new TreeSet<>(listeners);
          missing.removeAll(got.keySet());
          missing.removeIf(listener -> !wasThere(listener, text, latest(listeners, got, handled)));
          boolean pushedHere = listeners.stream().anyMatch(got::containsKey);
          if (!missing.isEmpty() && (pushedHere || got.isEmpty())) {
            without.put(instance, missing);
          }
        });
    boolean everywhere = !without.isEmpty() && without.size() == sessions.instances.size();
    if (got.isEmpty() ? everywhere : !without.isEmpty()) {
      findings.add(new Finding(LOST_PUSH, text, "stored, and not pushed to " + without));
    } else if (got.isEmpty()) {
      notObservable++;
    }
  }

  private static long latest(Set<String> listeners, Map<String, Long> got, long handled) {
    long seen = listeners.stream().mapToLong(l -> got.getOrDefault(l, 0L)).max().orElse(0);
    return Math.max(seen, handled);
  }

  private boolean wasThere(String listener, String text, long until) {
    return sessions.cover(
        listener, sent.invoked.get(text) - BEFORE, Math.min(ended, Math.min(until, ended) + AFTER));
  }

  List<Finding> findings() {
    return findings;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  /** How many of the stored were pushed to nobody, and to nobody who must have got them. */
  int notObservable() {
    return notObservable;
  }
}
