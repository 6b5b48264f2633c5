package courier.check.guarantee;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import java.util.List;
import java.util.Set;

/**
 * A client's headers and query parameters are gone before Kafka is written to: they would name the
 * topic, the partition and the key.
 */
public final class HeaderRule implements Rule {
  private static final Set<String> HTTP =
      Set.of(
          "platform-http",
          "netty-http",
          "undertow",
          "jetty",
          "servlet",
          "rest",
          "rest-openapi",
          "vertx-http");

  @Override
  public void check(Source file, Folder folder, Report report) {
    file.routes()
        .filter(route -> HTTP.contains(Folder.from(route).scheme()))
        .forEach(route -> new Headers(folder, report).from(route, false));
  }

  /** Known is whether they are gone. */
  private static final class Headers extends Walk<Boolean> {
    private final Report report;

    Headers(Folder folder, Report report) {
      super(folder);
      this.report = report;
    }

    @Override
    Boolean at(Step step, List<Step> way, Boolean gone) {
      if (!gone
          && Does.send(step)
          && step.scheme().equals("kafka")
          // Each record has headers of its own then.
          && !step.option("batchWithIndividualHeaders").equals("true")) {
        Guarantee.CLEAN_HEADERS.breach(
            report,
            step,
            step.line(),
            "the headers of a client's request steer what is written to Kafka",
            "- removeHeaders: {pattern: \"*\"}");
      }
      return gone || step.kind().equals("removeHeaders") && takesKafkas(step.value("pattern"));
    }

    private static boolean takesKafkas(String pattern) {
      return List.of("*", "Camel*", "CamelKafka*", "kafka.*").contains(pattern);
    }

    @Override
    Boolean either(Boolean one, Boolean other) {
      return one && other;
    }
  }
}
