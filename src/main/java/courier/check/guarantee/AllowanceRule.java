package courier.check.guarantee;

import courier.check.source.Allowances;
import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.config.Nearest;

/** A comment that allows something says what and why. */
public final class AllowanceRule implements Rule {
  private static final String ID = "allow";

  @Override
  public void check(Source file, Folder folder, Report report) {
    Allowances allowances = file.allowances();
    allowances
        .unreasoned()
        .forEach(
            (rule, line) ->
                report.error(
                    file.file(),
                    line,
                    ID,
                    "%s is allowed without a reason".formatted(rule),
                    "# courier: allow %s because …".formatted(rule)));
    allowances
        .lines()
        .forEach(
            (rule, line) -> {
              if (!Guarantee.ids().contains(rule)) {
                String known = Nearest.to(rule, Guarantee.ids()).orElse(Guarantee.ids().get(0));
                report.error(
                    file.file(),
                    line,
                    ID,
                    "no guarantee is called %s: there are %s"
                        .formatted(rule, String.join(", ", Guarantee.ids())),
                    file.line(line).replace(rule, known));
              }
            });
  }
}
