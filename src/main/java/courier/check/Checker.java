package courier.check;

import courier.check.guarantee.AllowanceRule;
import courier.check.guarantee.ConsumerRule;
import courier.check.guarantee.HeaderRule;
import courier.check.guarantee.KeptRule;
import courier.check.guarantee.OrderRule;
import courier.check.mistake.BeanRule;
import courier.check.mistake.Catalogue;
import courier.check.mistake.EndpointRule;
import courier.check.mistake.ExpressionRule;
import courier.check.mistake.IdRule;
import courier.check.mistake.PlaceholderRule;
import courier.check.mistake.SchemaRule;
import courier.check.mistake.TargetRule;
import courier.check.mistake.TemplateRule;
import courier.check.source.Allowances;
import courier.check.source.Finding;
import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the mistakes in the route files of a service. */
public final class Checker {
  /** Made when it is asked for, as most services run without that a file is checked. */
  private static final class Lazy {
    static final Checker CHECKER = new Checker();
  }

  private final Catalogue catalogue = new Catalogue();

  /** They look at a file by itself. */
  private final List<Rule> ofFile =
      List.of(
          new AllowanceRule(),
          new SchemaRule(),
          new EndpointRule(catalogue),
          new ExpressionRule(catalogue),
          new TemplateRule());

  /** They look at what other files say, too. */
  private final List<Rule> ofFolder =
      List.of(
          new IdRule(),
          new TargetRule(),
          new PlaceholderRule(),
          new BeanRule(),
          new OrderRule(),
          new ConsumerRule(),
          new HeaderRule(),
          new KeptRule());

  private Checker() {}

  /** The one of this process, which has read what Camel says of its parts. */
  public static Checker get() {
    return Lazy.CHECKER;
  }

  /**
   * @param changed the files to look at; of the others only what depends on these
   * @return by file and line, without what a file allows itself
   */
  public synchronized List<Finding> check(Folder folder, Set<Path> changed) {
    Report report = new Report();
    folder.sources().stream()
        .filter(file -> changed.contains(file.file()))
        .forEach(file -> ofFile.forEach(rule -> rule.check(file, folder, report)));
    // What others name may be in the one that cannot be read.
    if (folder.sources().stream().allMatch(Source::isRead)) {
      folder.sources().forEach(file -> ofFolder.forEach(rule -> rule.check(file, folder, report)));
    }
    Map<Path, Allowances> allowances =
        folder.sources().stream().collect(Collectors.toMap(Source::file, Source::allowances));
    return report.findings().stream()
        .filter(finding -> !allowances.get(finding.file()).allow(finding.rule()))
        .sorted(Comparator.comparing(Finding::file).thenComparing(Finding::line))
        .toList();
  }
}
