package courier.check.guarantee;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import courier.check.source.Text;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Who reads messages from Kafka commits them itself, and dead-letters what cannot be handled. */
public final class ConsumerRule implements Rule {
  /** What is in these is Courier's own, or dead already: it comes again until it is handled. */
  private static final List<String> OWN =
      List.of("topics.stored", "topics.indexed", "topics.dead-letters");

  @Override
  public void check(Source file, Folder folder, Report report) {
    file.routes()
        .filter(route -> Folder.from(route).scheme().equals("kafka"))
        .forEach(
            route -> {
              option(Folder.from(route), "autoCommitEnable", "false", report);
              option(Folder.from(route), "allowManualCommit", "true", report);
              policy(route, folder, report);
            });
  }

  private static void option(Step from, String name, String value, Report report) {
    Text written = from.options().get(name);
    if (written == null || !written.value().equals(value)) {
      int line = written == null ? from.values().get("uri").line() : written.line();
      String why =
          name.equals("autoCommitEnable")
              ? "the consumer commits what is not handled yet"
              : "no step may commit what was handled";
      Guarantee.AUTO_COMMIT.breach(
          report, from, line, why + (written == null ? ", unless told" : ""), name + ": " + value);
    }
  }

  private static void policy(Step route, Folder folder, Report report) {
    Step from = Folder.from(route);
    if (OWN.stream().anyMatch(topic -> Does.isTopic(topic, from, folder))) {
      return;
    }
    Handlers handlers = new Handlers(folder);
    AtomicBoolean found = new AtomicBoolean(handlers.deadLetter(route));
    new Walk<Boolean>(folder) {
      @Override
      Boolean at(Step step, List<Step> way, Boolean known) {
        if (step.uri().startsWith("direct:")) {
          folder.called(step.uri()).filter(handlers::deadLetter).ifPresent(any -> found.set(true));
        }
        return known;
      }

      @Override
      Boolean either(Boolean one, Boolean other) {
        return one;
      }
    }.from(route, false);
    if (!found.get()) {
      String known = handlers.names().stream().findFirst().orElse("park-when-exhausted");
      Guarantee.DEAD_LETTER_POLICY.breach(
          report,
          route,
          route.text("routeConfigurationId").map(Text::line).orElse(route.line()),
          "what cannot be handled is never dead-lettered",
          "routeConfigurationId: " + known);
    }
  }
}
