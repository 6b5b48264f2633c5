package courier.check.guarantee;

import courier.check.source.Folder;
import courier.check.source.Step;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.support.PatternHelper;

/** Which error handlers a route runs under. */
final class Handlers {
  private static final String CHANNEL = "deadLetterChannel";

  private final Folder folder;

  Handlers(Folder folder) {
    this.folder = folder;
  }

  /** Its own, and those of the policies that it names or that are everyone's. */
  Stream<Step> of(Step route) {
    List<String> named = List.of(route.value("routeConfigurationId").split(","));
    Stream<Step> policies =
        folder
            .policies()
            .filter(
                policy ->
                    policy.value("id").isEmpty()
                        || named.stream()
                            .anyMatch(
                                name -> PatternHelper.matchPattern(policy.value("id"), name)));
    Stream<Step> everyones =
        folder.sources().stream()
            .flatMap(source -> source.tops().stream())
            .filter(top -> top.kind().equals("errorHandler") || top.kind().equals("onException"));
    return Stream.concat(Stream.of(route), Stream.concat(policies, everyones));
  }

  boolean deadLetter(Step route) {
    return of(route).anyMatch(Handlers::hasChannel);
  }

  static boolean hasChannel(Step handler) {
    return handler.says("errorHandler." + CHANNEL)
        || handler.kind().equals("errorHandler") && handler.says(CHANNEL);
  }

  /** The policies that dead-letter. */
  List<String> names() {
    return folder.policies().filter(Handlers::hasChannel).map(step -> step.value("id")).toList();
  }
}
