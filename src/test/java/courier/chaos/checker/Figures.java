package courier.chaos.checker;

import courier.chaos.ledger.What;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run came to, in numbers. */
public record Figures(
    int sent,
    int accepted,
    int stored,
    int poisonWritten,
    long deadLetters,
    long deadLettersRepeated,
    int pushesReceived,
    long precommitLooked,
    Recovery slowestRecovery) {
  static Figures of(History history, Sent sent, Pushes pushes) {
    long letters = history.letters().stream().map(Letter::place).distinct().count();
    Deliveries deliveries = pushes.deliveries();
    return new Figures(
        sent.invoked.size(),
        sent.accepted.size(),
        history.stored().size(),
        sent.poisonWritten.size(),
        letters,
        history.letters().size() - letters,
        deliveries.received,
        history.ledger().stream().filter(entry -> entry.what() == What.FOUND).count(),
        Recovery.slowest(history.ledger(), sent, deliveries));
  }

  /** As a person reads them. */
  public Map<String, String> named() {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("messages sent", "" + sent);
    named.put("accepted (202)", "" + accepted);
    named.put("stored", "" + stored);
    named.put("poison written", "" + poisonWritten);
    named.put("dead letters", "" + deadLetters);
    named.put("dead letters written once more after a crash", "" + deadLettersRepeated);
    named.put("pushes received", "" + pushesReceived);
    named.put("pushes looked up in the store at once and found", "" + precommitLooked);
    named.put(
        "slowest recovery that no other fault disturbed",
        slowestRecovery.millis() + " ms after the end of " + slowestRecovery.fault());
    return named;
  }
}
