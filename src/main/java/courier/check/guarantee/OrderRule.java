package courier.check.guarantee;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What comes from Kafka is stored, then announced, then committed. */
public final class OrderRule implements Rule {
  private static final String COMMIT =
      "- bean: {beanType: courier.kafka.consumer.CommitBatch, method: \"commit(${variable.records})\"}";

  /**
   * @param announced the way to the first step that announces; empty if there was none
   * @param committed the same of what commits
   * @param surely whether it is committed whichever way a message goes
   */
  private record Known(List<Step> announced, List<Step> committed, boolean surely) {}

  @Override
  public void check(Source file, Folder folder, Report report) {
    file.routes()
        .filter(route -> Folder.from(route).scheme().equals("kafka"))
        .forEach(
            route -> {
              Known end =
                  new Order(folder, report).from(route, new Known(List.of(), List.of(), false));
              Step from = Folder.from(route);
              if (!end.surely && from.option("autoCommitEnable").equals("false")) {
                Guarantee.COMMIT_LAST.breach(
                    report,
                    from,
                    from.line(),
                    "no step commits what was handled, so all of it comes again",
                    COMMIT + "  # as the last step");
              }
            });
  }

  private static final class Order extends Walk<Known> {
    private final Folder folder;
    private final Report report;

    /** What is said already; one step that comes too early is one mistake. */
    private final Set<String> said = new HashSet<>();

    Order(Folder folder, Report report) {
      super(folder);
      this.folder = folder;
      this.report = report;
    }

    @Override
    Known at(Step step, List<Step> way, Known known) {
      if (Does.commit(step)) {
        return new Known(known.announced, known.committed.isEmpty() ? way : known.committed, true);
      }
      if (!known.committed.isEmpty() && Does.work(step)) {
        say(
            known.committed,
            way,
            Guarantee.COMMIT_LAST,
            "it is committed before %s (line %d), and lost if that fails");
      }
      if (!known.announced.isEmpty() && Does.store(step)) {
        say(
            known.announced,
            way,
            Guarantee.STORED_BEFORE_ANNOUNCED,
            "it is announced before %s (line %d) has stored it");
      }
      return known.announced.isEmpty() && Does.announce(step, folder)
          ? new Known(way, known.committed, known.surely)
          : known;
    }

    /** In the route in which the one comes before the other. */
    private void say(List<Step> early, List<Step> late, Guarantee guarantee, String message) {
      int same = 0;
      while (same < Math.min(early.size(), late.size()) - 1 && early.get(same) == late.get(same)) {
        same++;
      }
      Step first = early.get(same);
      if (!said.add(first.line() + guarantee.id() + first.file())) {
        return;
      }
      Step second = late.get(same);
      String name = second.uri().isEmpty() ? "the " + second.kind() : second.uri();
      guarantee.breach(
          report,
          first,
          first.line(),
          message.formatted(name, second.line()),
          Does.line(second) + "  # first, then line " + first.line());
    }

    @Override
    Known either(Known one, Known other) {
      return new Known(
          one.announced.isEmpty() ? other.announced : one.announced,
          one.committed.isEmpty() ? other.committed : one.committed,
          one.surely && other.surely);
    }
  }
}
