package courier.chaos.checker;

import static courier.chaos.checker.Finding.DUPLICATE;
import static courier.chaos.checker.Finding.LOST_PUSH;
import static courier.chaos.checker.Finding.PHANTOM;
import static courier.chaos.checker.Finding.REORDER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether what was stored was pushed. Whatever happens meanwhile, a listener has, from the first
 * message on that it got, each one that was sent later, once, and those of one partition in their
 * order.
 */
final class Pushes {
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Stored> stored = new HashMap<>();
  private final Sent sent;
  private final Deliveries deliveries;

  Pushes(History history, Sent sent) {
    this.sent = sent;
    deliveries = new Deliveries(history.ledger());
    history.stored().stream()
        .filter(message -> sent.invoked.containsKey(message.text()))
        .forEach(message -> stored.put(message.text(), message));
    odd();
    deliveries.listeners.forEach(this::judge);
    unheard();
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

  private void judge(String listener, Map<String, Long> got) {
    deliveries.twice.get(listener).stream()
        .map(text -> new Finding(DUPLICATE, text, "pushed twice to " + listener))
        .forEach(findings::add);
    long first = got.values().stream().mapToLong(at -> at).min().orElse(Long.MAX_VALUE);
    for (String text : stored.keySet()) {
      if (sent.invoked.get(text) > first && !got.containsKey(text)) {
        findings.add(new Finding(LOST_PUSH, text, "stored, and not pushed to " + listener));
      }
    }
    inOrder(listener, got);
  }

  /** The deliveries of a listener are in the order in which they came. */
  private void inOrder(String listener, Map<String, Long> got) {
    Map<Integer, Long> last = new HashMap<>();
    for (String text : got.keySet()) {
      Stored message = stored.get(text);
      if (message != null && last.getOrDefault(message.partition(), -1L) > message.offset()) {
        findings.add(new Finding(REORDER, text, "pushed to " + listener + " after a later one"));
      } else if (message != null) {
        last.put(message.partition(), message.offset());
      }
    }
  }

  /** Without a single push there is no first one to count from. */
  private void unheard() {
    if (deliveries.listeners.isEmpty()) {
      stored.keySet().stream()
          .map(text -> new Finding(LOST_PUSH, text, "stored, and pushed to nobody"))
          .forEach(findings::add);
    }
  }

  List<Finding> findings() {
    return findings;
  }

  Deliveries deliveries() {
    return deliveries;
  }
}
