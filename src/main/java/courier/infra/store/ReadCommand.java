package courier.infra.store;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells the commands that write nothing. One it does not know is taken for a writing one. */
final class ReadCommand {
  private static final Set<String> NAMES =
      Set.of(
          ("find getmore killcursors count distinct listcollections listindexes listdatabases"
                  + " ismaster hello ping buildinfo serverstatus collstats dbstats endsessions")
              .split(" "));

  private static final Set<String> WRITING_STAGES = Set.of("$out", "$merge");

  private ReadCommand() {}

  static boolean is(String command, Document query) {
    if (query.get("pipeline") instanceof List<?> stages) {
      return stages.stream()
          .allMatch(
              s -> s instanceof Document d && !WRITING_STAGES.stream().anyMatch(d::containsKey));
    }
    return NAMES.contains(command.toLowerCase(Locale.ROOT));
  }
}
