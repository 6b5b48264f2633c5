package courier.chaos.checker;

import static courier.chaos.checker.Finding.DUPLICATE;
import static courier.chaos.checker.Finding.LOST_WRITE;
import static courier.chaos.checker.Finding.PHANTOM;
import static courier.chaos.checker.Finding.REORDER;
import static courier.chaos.checker.Finding.UNEXPLAINED;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether all that was accepted is in one place, once, in its order, and nothing else is. */
final class Writes {
  private final List<Finding> findings = new ArrayList<>();
  private final Sent sent;
  private final List<Stored> order;
  private final Map<String, List<String>> stored;
  private final Map<String, Set<String>> dead;

  Writes(History history, Sent sent) {
    this.sent = sent;
    order = history.stored();
    stored =
        order.stream()
            .collect(groupingBy(Stored::text, TreeMap::new, mapping(Stored::id, toList())));
    dead =
        history.letters().stream()
            .collect(
                groupingBy(
                    Letter::text,
                    TreeMap::new,
                    mapping(Letter::place, toCollection(TreeSet::new))));
  }

  List<Finding> findings() {
    lost();
    twice();
    neverSent();
    mixedUp();
    return findings;
  }

  private void lost() {
    for (String id : new TreeSet<>(sent.promised())) {
      if (!stored.containsKey(id) && !dead.containsKey(id)) {
        find(LOST_WRITE, id, "accepted, and neither stored nor dead-lettered");
      }
    }
  }

  private void twice() {
    stored.forEach(
        (text, ids) -> {
          if (ids.size() > 1) {
            find(DUPLICATE, text, "stored as " + ids);
          }
        });
    dead.forEach(
        (text, places) -> {
          if (places.size() > sent.attempts.getOrDefault(text, 1)) {
            find(DUPLICATE, text, "dead-lettered as " + places);
          }
          if (stored.containsKey(text)) {
            find(DUPLICATE, text, "stored, and dead-lettered as " + places);
          } else if (sent.invoked.containsKey(text)) {
            find(UNEXPLAINED, text, "a good message, dead-lettered as " + places);
          }
        });
  }

  private void neverSent() {
    for (String text : stored.keySet()) {
      if (!sent.invoked.containsKey(text)) {
        find(PHANTOM, text, "stored, and never sent");
      }
    }
    for (String text : dead.keySet()) {
      if (!sent.invoked.containsKey(text) && !sent.poison.contains(text)) {
        find(PHANTOM, text, "dead-lettered, and never sent");
      }
    }
  }

  private void mixedUp() {
    Map<String, Stored> latest = new HashMap<>();
    for (Stored message : order) {
      Integer number = sent.number.get(message.text());
      if (number != null) {
        String conversation = sent.sender.get(message.text());
        Stored before = latest.get(conversation);
        if (before == null || sent.number.get(before.text()) <= number) {
          latest.put(conversation, message);
        } else {
          find(REORDER, message.text(), "stored after " + before.text());
        }
      }
    }
  }

  private void find(String name, String id, String detail) {
    findings.add(new Finding(name, id, detail));
  }
}
