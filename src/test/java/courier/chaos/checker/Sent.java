package courier.chaos.checker;

import courier.chaos.ledger.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the ledger says was sent. */
public final class Sent {
  /** Of each message the time of its first attempt. */
  final Map<String, Long> invoked = new HashMap<>();

  final Map<String, String> sender = new HashMap<>();

  /** Of each message its number among those of its sender. */
  final Map<String, Integer> number = new HashMap<>();

  final Map<String, Integer> attempts = new HashMap<>();
  final Set<String> accepted = new HashSet<>();
  final Set<String> poison = new HashSet<>();
  final Set<String> poisonWritten = new HashSet<>();

  public Sent(List<Entry> ledger) {
    Map<String, Integer> count = new HashMap<>();
    for (Entry entry : ledger) {
      switch (entry.what()) {
        case INVOKED -> {
          attempts.merge(entry.id(), 1, Integer::sum);
          if (invoked.putIfAbsent(entry.id(), entry.at()) == null) {
            sender.put(entry.id(), entry.who());
            number.put(entry.id(), count.merge(entry.who(), 1, Integer::sum));
          }
        }
        case ACCEPTED -> accepted.add(entry.id());
        case POISON_SENT -> {
          poison.add(entry.id());
          attempts.merge(entry.id(), 1, Integer::sum);
        }
        case POISON_WRITTEN -> poisonWritten.add(entry.id());
        default -> {}
      }
    }
  }

  /** What has to be stored or dead-lettered. */
  public Set<String> promised() {
    Set<String> promised = new HashSet<>(accepted);
    promised.addAll(poisonWritten);
    return promised;
  }
}
