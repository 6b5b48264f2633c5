package courier.chaos.checker;

import static courier.chaos.checker.Finding.NOT_LIVE;
import static courier.chaos.checker.Finding.PART_DIED;
import static courier.chaos.checker.Finding.PRECOMMITTED_PUSH;

import courier.chaos.ledger.Entry;
import java.util.ArrayList;
import java.util.List;

/** From what was done and what has become of it to what is wrong: no clock, no socket, no file. */
public final class Checker {
  private Checker() {}

  public static Verdict check(History history) {
    Sent sent = new Sent(history.ledger());
    Pushes pushes = new Pushes(history, sent);
    List<Finding> findings = new ArrayList<>();
    findings.addAll(new Writes(history, sent).findings());
    findings.addAll(pushes.findings());
    findings.addAll(witnessed(history.ledger()));
    return new Verdict(findings, Figures.of(history, sent, pushes));
  }

  /** What the ledger says outright. */
  public static List<Finding> witnessed(List<Entry> ledger) {
    List<Finding> findings = new ArrayList<>();
    for (Entry entry : ledger) {
      switch (entry.what()) {
        case DIED, NOT_READY ->
            findings.add(new Finding(PART_DIED, entry.who(), entry.what() + ": " + entry.detail()));
        case NOT_LIVE -> findings.add(new Finding(NOT_LIVE, entry.who(), entry.detail()));
        case ABSENT ->
            findings.add(
                new Finding(PRECOMMITTED_PUSH, entry.id(), "pushed while it was not stored"));
        default -> {}
      }
    }
    return findings;
  }
}
