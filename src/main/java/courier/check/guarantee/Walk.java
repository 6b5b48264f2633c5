package courier.check.guarantee;

import courier.check.source.Folder;
import courier.check.source.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Goes the way of a message from step to step, into the routes that are called by {@code direct:}
 * and into each branch, and keeps what is known by then.
 *
 * @param <S> what is known
 */
abstract class Walk<S> {
  private static final Set<String> CALLS = Set.of("to", "toD", "enrich");
  private static final Set<String> HANDLERS = Set.of("doCatch", "onFallback", "when", "otherwise");

  private final Folder folder;

  Walk(Folder folder) {
    this.folder = folder;
  }

  /**
   * @param way the step, after those that called the route that it is in
   * @return what is known after it
   */
  abstract S at(Step step, List<Step> way, S known);

  /** What is known after one or the other of two ways. */
  abstract S either(S one, S other);

  /** All steps from the beginning of a route. */
  S from(Step route, S known) {
    return through(Folder.from(route).children(), List.of(), known);
  }

  private S through(List<Step> steps, List<Step> callers, S before) {
    S known = before;
    for (Step step : steps) {
      List<Step> way = new ArrayList<>(callers);
      way.add(step);
      known = at(step, way, known);
      if (CALLS.contains(step.kind()) && step.uri().startsWith("direct:")) {
        known = called(step, callers, way, known);
      }
      known = branches(step, callers, known);
    }
    return known;
  }

  /** One that calls itself is gone through once. */
  private S called(Step step, List<Step> callers, List<Step> way, S known) {
    String uri = folder.resolved(step.uri());
    if (callers.stream().anyMatch(caller -> folder.resolved(caller.uri()).equals(uri))) {
      return known;
    }
    return folder
        .called(uri)
        .map(route -> through(Folder.from(route).children(), way, known))
        .orElse(known);
  }

  private S branches(Step step, List<Step> callers, S before) {
    List<Step> inside = new ArrayList<>();
    List<Step> handlers = new ArrayList<>();
    for (Step child : step.children()) {
      (HANDLERS.contains(child.kind()) ? handlers : inside).add(child);
    }
    S after = through(inside, callers, before);
    if (!step.kind().equals("doTry") && !inside.isEmpty()) {
      after = either(before, after);
    }
    for (Step handler : handlers) {
      after = either(after, through(handler.children(), callers, before));
    }
    return after;
  }
}
