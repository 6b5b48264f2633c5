package courier.reload.save;

import courier.reload.trial.Trial;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files that are on trial, and what ran of each before. */
final class OnTrial {
  private final Map<Path, Entry> entries = new HashMap<>();

  /**
   * A file.
   *
   * @param before null is that nothing ran of it
   * @param trial that looks at its routes
   */
  private record Entry(String before, Trial trial) {}

  /**
   * @param anew the files whose routes the trial looks at, from now on it alone
   * @param running what runs before
   */
  void add(Set<Path> changed, Set<Path> anew, Map<Path, String> running, Trial trial) {
    entries.replaceAll(
        (file, entry) -> anew.contains(file) ? new Entry(entry.before, trial) : entry);
    for (Path file : changed) {
      entries.computeIfAbsent(file, same -> new Entry(running.get(file), trial));
    }
  }

  /** Lets go of those that did well for long enough. */
  Optional<Trial> failed() {
    entries
        .values()
        .removeIf(
            entry -> {
              boolean well = entry.trial.isOver() && !entry.trial.hasFailed();
              if (well) {
                entry.trial.end();
              }
              return well;
            });
    return entries.values().stream().map(Entry::trial).filter(Trial::hasFailed).findFirst();
  }

  /** What ran before, of the files that this trial looks at; null is nothing. */
  Map<Path, String> before(Trial trial) {
    Map<Path, String> before = new HashMap<>();
    entries.forEach(
        (file, entry) -> {
          if (entry.trial == trial) {
            before.put(file, entry.before);
          }
        });
    return before;
  }

  /** The same of all files. */
  Map<Path, String> before() {
    Map<Path, String> before = new HashMap<>();
    entries.forEach((file, entry) -> before.put(file, entry.before));
    return before;
  }

  /** They are not on trial any more. */
  void remove(Set<Path> files) {
    for (Path file : files) {
      Entry entry = entries.remove(file);
      if (entry != null) {
        entry.trial.end();
      }
    }
  }
}
