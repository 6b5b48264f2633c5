package courier.check.guarantee;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import courier.check.source.Text;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What fails on the way from Kafka is kept: in a dead letter, or by coming again. */
public final class KeptRule implements Rule {
  private static final Set<String> ALL =
      Set.of(
          "java.lang.Exception", "java.lang.Throwable", "org.apache.camel.CamelExecutionException");

  /** Whoever sends a dead letter there has it no more. */
  private static final Set<String> NOWHERE = Set.of("log", "mock", "stub", "dataset", "timer");

  private static final Set<String> KEEPS = Set.of("throwException", "bean", "process", "rollback");

  @Override
  public void check(Source file, Folder folder, Report report) {
    Handlers handlers = new Handlers(folder);
    Set<Step> policies = Collections.newSetFromMap(new IdentityHashMap<>());
    folder.routesFromKafka().flatMap(handlers::of).forEach(policies::add);
    policies.stream()
        .filter(policy -> policy.file().equals(file.file()))
        .forEach(policy -> policy(policy, report));
    folder
        .routesFromKafka()
        .filter(route -> route.file().equals(file.file()))
        .flatMap(Step::all)
        .filter(step -> step.kind().equals("doCatch"))
        .forEach(step -> caught(step, report));
  }

  private static void policy(Step policy, Report report) {
    String channel =
        policy.kind().equals("errorHandler")
            ? "deadLetterChannel"
            : "errorHandler.deadLetterChannel";
    if (policy.says(channel)) {
      Text uri = policy.text(channel + ".deadLetterUri").orElse(new Text("", policy.line()));
      if (NOWHERE.contains(uri.value().split(":", 2)[0])) {
        breach(
            policy,
            uri.line(),
            "a dead letter that goes to %s is lost".formatted(uri.value()),
            "deadLetterUri: direct:park-dead-letter",
            report);
      }
      String rethrows = channel + ".deadLetterHandleNewException";
      if (!policy.value(rethrows).equals("false")) {
        int line = policy.text(rethrows).map(Text::line).orElse(uri.line());
        breach(
            policy,
            line,
            "a dead letter that cannot be written counts as written, and is lost",
            "deadLetterHandleNewException: false",
            report);
      }
    }
    policy
        .all()
        .filter(step -> step.kind().equals("onException"))
        .forEach(step -> handled(step, report));
  }

  private static void handled(Step handler, Report report) {
    says(handler, "continued")
        .ifPresent(
            text ->
                breach(
                    handler,
                    text.line(),
                    "the route goes on as if nothing had failed, and commits it",
                    "# without continued",
                    report));
    says(handler, "handled")
        .filter(text -> keepsNothing(handler))
        .ifPresent(
            text ->
                breach(
                    handler,
                    text.line(),
                    "what failed counts as handled, and is kept nowhere",
                    "expression: \"false\"",
                    report));
  }

  private static java.util.Optional<Text> says(Step handler, String key) {
    return handler.values().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(key) && entry.getValue().value().equals("true"))
        .map(java.util.Map.Entry::getValue)
        .findFirst();
  }

  private static void caught(Step handler, Report report) {
    boolean all =
        handler.values().entrySet().stream()
            .anyMatch(
                e -> e.getKey().startsWith("exception") && ALL.contains(e.getValue().value()));
    if (all && keepsNothing(handler)) {
      breach(
          handler,
          handler.line(),
          "every failure is caught here, and what failed is kept nowhere",
          "- to: {uri: direct:park-dead-letter}",
          report);
    }
  }

  private static boolean keepsNothing(Step handler) {
    List<Step> steps = handler.children().stream().flatMap(Step::all).toList();
    return steps.stream()
        .noneMatch(
            step ->
                KEEPS.contains(step.kind()) || Does.send(step) && !NOWHERE.contains(step.scheme()));
  }

  private static void breach(Step step, int line, String message, String write, Report report) {
    Guarantee.DEAD_LETTER_KEPT.breach(report, step, line, message, write);
  }
}
