package courier.check.guarantee;

import courier.check.source.Folder;
import courier.check.source.Step;
import java.util.Set;
import java.util.regex.Pattern;

/** What a step does, as far as the guarantees are about it. */
final class Does {
  private static final Set<String> SENDS = Set.of("to", "toD", "wireTap", "enrich");
  private static final Set<String> STORES = Set.of("mongodb", "sql", "jpa", "jdbc");
  private static final Pattern READS =
      Pattern.compile("find.*|count|aggregate|command|get.*|select.*", Pattern.CASE_INSENSITIVE);
  private static final Set<String> WORK = Set.of("bean", "process", "pollEnrich", "poll", "script");

  private Does() {}

  static boolean send(Step step) {
    return SENDS.contains(step.kind()) && !step.uri().isEmpty();
  }

  static boolean store(Step step) {
    return send(step)
        && STORES.contains(step.scheme())
        && !READS.matcher(step.option("operation")).matches();
  }

  /** To clients, or to the instances that tell their clients. */
  static boolean announce(Step step, Folder folder) {
    return send(step)
        && (step.scheme().equals("socketio")
            || step.scheme().equals("kafka") && isTopic("topics.stored", step, folder));
  }

  static boolean commit(Step step) {
    return step.kind().equals("bean")
            && (step.value("beanType").endsWith(".CommitBatch")
                || step.value("method").startsWith("commit"))
        || step.values().values().stream()
            .anyMatch(text -> text.value().contains("CamelKafkaManualCommit"));
  }

  /** Whether it is more than to note, log or wait. */
  static boolean work(Step step) {
    return send(step) && !step.scheme().equals("log") && !step.scheme().equals("direct")
        || WORK.contains(step.kind());
  }

  static boolean isTopic(String property, Step step, Folder folder) {
    String topic = folder.surroundings().property(property).orElse("{{" + property + "}}");
    return folder.resolved(step.rest()).equals(topic) || step.rest().equals("{{" + property + "}}");
  }

  /** The line of a step that says what it is about, to be written elsewhere. */
  static String line(Step step) {
    if (send(step)) {
      return "- to: {uri: \"%s\"}".formatted(step.uri());
    }
    String bean =
        step.value("ref").isEmpty()
            ? "beanType: " + step.value("beanType")
            : "ref: " + step.value("ref");
    String method = step.value("method");
    return "- %s: {%s%s}"
        .formatted(step.kind(), bean, method.isEmpty() ? "" : ", method: \"" + method + "\"");
  }
}
