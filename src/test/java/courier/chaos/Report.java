package courier.chaos;

import courier.chaos.checker.Finding;
import courier.chaos.checker.Verdict;
import courier.chaos.fault.Fault;
import courier.chaos.ledger.Entry;
import courier.chaos.ledger.HarnessFault;
import courier.chaos.ledger.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a person reads of a run: {@code report.md}, beside the ledger and the parts' logs. */
final class Report {
  private static final int LINES = 20;
  private static final int FINDINGS = 50;

  private final StringBuilder text = new StringBuilder();
  private final Path file;

  Report(Path folder, long seed, Duration length) {
    file = folder.resolve("report.md");
    line("# Chaos, seed " + seed + ", " + length.toMinutes() + " min");
    line("");
    line("Again: `mvn verify -Pchaos -Dseed=%d -Dminutes=%d`", seed, length.toMinutes());
    line("All that was done and seen is in `ledger.jsonl`, what the parts say in `*.log`.");
  }

  void verdict(Verdict verdict, List<Entry> ledger) {
    line("\n## " + (verdict.findings().isEmpty() ? "Nothing found" : "Findings"));
    line("");
    verdict.findings().stream()
        .collect(Collectors.groupingBy(Finding::name, Collectors.counting()))
        .forEach((name, count) -> line("- %s: %d", name, count));
    line("\n## Figures\n");
    line("| | |\n|---|---|");
    verdict.figures().named().forEach((name, value) -> line("| %s | %s |", name, value));
    verdict.findings().stream().limit(FINDINGS).forEach(finding -> finding(finding, ledger));
  }

  private void finding(Finding finding, List<Entry> ledger) {
    line("\n### %s: `%s`\n\n%s\n\n```", finding.name(), finding.id(), finding.detail());
    ledger.stream()
        .filter(e -> Objects.equals(e.id(), finding.id()) || e.who().equals(finding.id()))
        .limit(LINES)
        .forEach(entry -> line("%s", entry));
    line("```");
  }

  void harnessFault(HarnessFault fault) {
    line("\n## Harness fault: no verdict\n\n%s", fault);
  }

  /** What was planned, in milliseconds of the load, and when it was, in those of the ledger. */
  void schedule(List<Fault> faults, List<Entry> ledger) {
    line("\n## Schedule\n\n| planned | fault | began | ended |\n|---|---|---|---|");
    for (Fault fault : faults) {
      String began = when(What.FAULT_BEGINS, fault, ledger);
      line("| %d | %s | %s | %s |", fault.at(), fault, began, when(What.FAULT_ENDS, fault, ledger));
    }
  }

  private static String when(What what, Fault fault, List<Entry> ledger) {
    return ledger.stream()
        .filter(e -> e.what() == what && e.who().equals(fault.toString()) && e.at() >= fault.at())
        .findFirst()
        .map(e -> "" + e.at())
        .orElse("not possible here");
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : format.formatted(values)).append('\n');
  }

  Path write() {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new HarnessFault("no report", e);
    }
  }
}
