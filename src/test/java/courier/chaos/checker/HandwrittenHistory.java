package courier.chaos.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.chaos.ledger.Entry;
import courier.chaos.ledger.What;
import java.util.ArrayList;
import java.util.List;

/** A history in which something happens every ten seconds, all of it in one partition. */
final class HandwrittenHistory {
  private static final long STEP = 10_000;

  private final List<Entry> ledger = new ArrayList<>();
  private final List<Stored> stored = new ArrayList<>();
  private final List<Letter> letters = new ArrayList<>();

  HandwrittenHistory add(String who, What what, String id, String detail) {
    ledger.add(new Entry(ledger.size() * STEP, who, what, id, detail));
    return this;
  }

  HandwrittenHistory connect(String listener) {
    return add(listener, What.CONNECTED, null, null);
  }

  HandwrittenHistory disconnect(String listener) {
    return add(listener, What.DISCONNECTED, null, null);
  }

  /** A message {@code a-1} is one of the sender {@code a}. */
  HandwrittenHistory attempt(String id) {
    return add(sender(id), What.INVOKED, id, null);
  }

  HandwrittenHistory send(String id) {
    return attempt(id).add(sender(id), What.ACCEPTED, id, "202");
  }

  HandwrittenHistory store(String id) {
    return storeAs(id, id);
  }

  HandwrittenHistory storeAs(String id, String text) {
    stored.add(new Stored(id, sender(text), text, 0, stored.size()));
    return this;
  }

  HandwrittenHistory push(String listener, String id) {
    return pushAs(listener, id, id);
  }

  HandwrittenHistory pushAs(String listener, String text, String id) {
    return add(listener, What.PUSHED, text, id);
  }

  HandwrittenHistory pushAll(String id) {
    return push("x@b", id).push("y@b", id);
  }

  /** As it should be. */
  HandwrittenHistory deliver(String id) {
    return send(id).store(id).pushAll(id);
  }

  HandwrittenHistory poison(String value) {
    return add("poison", What.POISON_SENT, value, null)
        .add("poison", What.POISON_WRITTEN, value, null);
  }

  HandwrittenHistory fault(String name) {
    return add(name, What.FAULT_BEGINS, null, null).add(name, What.FAULT_ENDS, null, null);
  }

  HandwrittenHistory letter(String place, String text) {
    letters.add(new Letter(place, text));
    return this;
  }

  Verdict verdict() {
    return Checker.check(end());
  }

  void assertFindings(String... names) {
    Verdict verdict = verdict();
    assertEquals(List.of(names), verdict.names(), () -> verdict.findings().toString());
  }

  private History end() {
    List<Entry> ended = new ArrayList<>(ledger);
    ended.add(new Entry(ledger.size() * STEP, "run", What.ENDED, null, null));
    return new History(ended, List.copyOf(stored), List.copyOf(letters));
  }

  private static String sender(String id) {
    return id.split("-")[0];
  }
}
