package courier.chaos;

import java.util.List;

/** What a run found. */
record Verdict(List<Finding> findings, Figures figures) {
  List<String> names() {
    return findings.stream().map(Finding::name).distinct().sorted().toList();
  }
}
