package courier.check.mistake;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import courier.check.source.Text;
import courier.config.Nearest;
import java.util.Set;
import org.apache.camel.tooling.model.ComponentModel;

/** Each endpoint is one of a component that there is, and that does what is asked of it. */
public final class EndpointRule implements Rule {
  private static final Set<String> WITH_ENDPOINT =
      Set.of("from", "to", "toD", "wireTap", "poll", "enrich", "pollEnrich");

  private final Catalogue catalogue;
  private final OptionRule options;

  public EndpointRule(Catalogue catalogue) {
    this.catalogue = catalogue;
    options = new OptionRule(catalogue);
  }

  @Override
  public void check(Source file, Folder folder, Report report) {
    file.steps()
        .filter(step -> WITH_ENDPOINT.contains(step.kind()) && !step.uri().isEmpty())
        .forEach(step -> check(step, file, folder, report));
  }

  private void check(Step step, Source file, Folder folder, Report report) {
    String uri = folder.resolved(step.written());
    String scheme = uri.split(":", 2)[0];
    if (!scheme.matches("[\\w+.-]+")) {
      return; // decided when it runs
    }
    ComponentModel component = catalogue.component(scheme);
    Text written = step.values().get("uri");
    if (component == null) {
      if (!folder.surroundings().hasBean(scheme)) {
        unknown(scheme, step, written, file, report);
      }
      return;
    }
    boolean from = step.kind().equals("from");
    if (from && component.isProducerOnly()) {
      String other = "timer:" + scheme;
      report.error(
          step,
          written,
          "producer-only",
          "nothing comes from %s, which can only be sent to".formatted(scheme),
          "uri: " + other);
    } else if (step.kind().equals("to") && component.isConsumerOnly()) {
      report.error(
          step,
          written,
          "consumer-only",
          "nothing can be sent to %s, which only begins a route".formatted(scheme),
          "uri: direct:" + scheme);
    } else {
      options.check(step, component, uri, folder, report);
    }
    if (!catalogue.hasComponentHere(scheme)) {
      report.warning(
          step.file(),
          written.line(),
          "needs",
          "%s is a component that is not here".formatted(scheme),
          "%s.jar of this version of Camel into lib/".formatted(component.getArtifactId()));
    }
  }

  private void unknown(String scheme, Step step, Text uri, Source file, Report report) {
    report.error(
        step,
        uri,
        "unknown-component",
        "there is no component %s:".formatted(scheme),
        Nearest.to(scheme, catalogue.components())
            .map(near -> file.line(uri.line()).replaceFirst(scheme, near))
            .orElse("uri: direct:…"));
  }
}
