package courier.check.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gathers findings, each once. */
public final class Report {
  private final List<Finding> findings = new ArrayList<>();

  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  public void error(Step step, String rule, String message, String write) {
    error(step.file(), step.line(), rule, message, write);
  }

  public void error(Step step, Text text, String rule, String message, String write) {
    error(step.file(), text.line(), rule, message, write);
  }

  public void error(Path file, int line, String rule, String message, String write) {
    add(new Finding(file, line, Finding.Level.ERROR, rule, message, write));
  }

  public void warning(Path file, int line, String rule, String message, String write) {
    add(new Finding(file, line, Finding.Level.WARNING, rule, message, write));
  }

  private void add(Finding finding) {
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }
}
