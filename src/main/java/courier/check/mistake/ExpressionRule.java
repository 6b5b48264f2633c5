package courier.check.mistake;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import courier.check.source.Text;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;
import org.apache.camel.tooling.model.LanguageModel;

/** Each expression can be read in its language. */
public final class ExpressionRule implements Rule {
  private static final String ID = "expression";

  /** What these say is a name, or is not read by itself. */
  private static final Set<String> NO_GRAMMAR =
      Set.of(
          "constant",
          "bean",
          "header",
          "variable",
          "exchangeProperty",
          "ref",
          "method",
          "language",
          "tokenize",
          "xtokenize",
          "java",
          "joor");

  private static final Set<String> PREDICATES = Set.of("filter", "when", "validate");
  private static final List<String> ASKED =
      List.of("onWhen", "handled", "continued", "completionPredicate");

  private final Catalogue catalogue;
  private final Set<String> languages;
  private final CamelContext context = new DefaultCamelContext();

  public ExpressionRule(Catalogue catalogue) {
    this.catalogue = catalogue;
    languages = Set.copyOf(catalogue.languages());
  }

  @Override
  public void check(Source file, Folder folder, Report report) {
    file.steps()
        .filter(step -> !step.kind().equals("beans") && !step.kind().equals("rest"))
        .forEach(
            step -> step.values().forEach((key, text) -> check(step, key, text, folder, report)));
  }

  private void check(Step step, String key, Text text, Folder folder, Report report) {
    String language = language(step, key, text);
    if (language.isEmpty() || text.value().startsWith("resource:")) {
      return;
    }
    if (!catalogue.hasLanguageHere(language)) {
      LanguageModel model = catalogue.language(language);
      report.warning(
          step.file(),
          text.line(),
          "needs",
          "%s is a language that is not here".formatted(language),
          "%s.jar of this version of Camel into lib/".formatted(model.getArtifactId()));
      return;
    }
    String expression = folder.resolved(text.value()).replaceAll("\\{\\{.*?}}", "1");
    try {
      parse(language, expression, isPredicate(step, key));
    } catch (Exception e) {
      String why = String.valueOf(e.getMessage()).strip().split("\\R")[0];
      report.error(
          step,
          text,
          ID,
          "%s cannot read \"%s\": %s".formatted(language, text.value(), why),
          Closed.of(text.value(), step, key));
    }
  }

  /** Empty if it is no expression, or one of which every text is right. */
  private String language(Step step, String key, Text text) {
    if (step.kind().equals("log") && key.equals("message")
        || key.endsWith("method") && text.value().contains("${")) {
      return "simple";
    }
    if (key.startsWith("parameters.")) {
      return "";
    }
    String[] way = key.split("\\.");
    int last = way.length - 1;
    String name = last > 0 && way[last].equals("expression") ? way[last - 1] : way[last];
    return languages.contains(name) && !NO_GRAMMAR.contains(name) ? name : "";
  }

  private static boolean isPredicate(Step step, String key) {
    return PREDICATES.contains(step.kind()) || ASKED.stream().anyMatch(key::startsWith);
  }

  private void parse(String name, String expression, boolean asPredicate) {
    Language language = context.resolveLanguage(name);
    if (asPredicate) {
      language.createPredicate(expression);
    } else {
      language.createExpression(expression);
    }
  }
}
