package courier.chaos.checker;

import java.util.List;

/** What a run found. */
public record Verdict(List<Finding> findings, Figures figures) {
  public List<String> names() {
    return findings.stream().map(Finding::name).distinct().sorted().toList();
  }
}
