package courier.reload.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.reload.version.Version;
import java.util.List;
import java.util.Locale;

/**
 * The versions of a route file as JSON.
 *
 * @param versions the oldest first
 * @param running the text that runs; null if none does
 */
record VersionsJson(List<Version> versions, String running) {
  /** Adds what is said of the last one, and the number of the one that runs. */
  void last(ObjectNode said) {
    addRunning(said);
    if (!versions.isEmpty()) {
      add(versions.get(versions.size() - 1), said);
    }
  }

  /** Adds all of them, the newest first. */
  void list(ObjectNode said) {
    String file = said.path("file").textValue();
    addRunning(said);
    ArrayNode list = said.putArray("versions");
    for (int i = versions.size() - 1; i >= 0; i--) {
      Version version = versions.get(i);
      ObjectNode each = list.addObject().put("version", version.number());
      add(version, each);
      if (i > 0 && (version.text() != null || version.result() == Version.Result.DELETED)) {
        each.put("difference", Difference.of(file, before(i), version.text()));
      }
    }
  }

  /** The last text before one, as what could not be read has none. */
  private String before(int index) {
    for (int i = index - 1; i >= 0; i--) {
      if (versions.get(i).text() != null) {
        return versions.get(i).text();
      }
    }
    return null;
  }

  private static void add(Version version, ObjectNode said) {
    said.put("time", version.time()).put("result", word(version.result()));
    if (version.why() != null) {
      said.put("why", version.why());
    }
  }

  /** Adds the number of the one that runs. */
  void addRunning(ObjectNode said) {
    versions.stream()
        .filter(version -> running != null && running.equals(version.text()))
        .reduce((one, later) -> later)
        .ifPresent(version -> said.put("running", version.number()));
  }

  private static String word(Version.Result result) {
    return result.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
