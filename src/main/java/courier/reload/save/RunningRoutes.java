package courier.reload.save;

import courier.config.StartupException;
import courier.reload.trial.Trial;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which texts run, and those before that are put back when the first messages fail. */
final class RunningRoutes {
  private final LiveRoutes live;
  private final OnTrial onTrial = new OnTrial();

  /** Replaced as a whole. */
  private volatile Map<Path, String> texts;

  /** What was taken back, while the version before is looked at. */
  private Map<Path, String> takenBack = Map.of();

  /** Whether the version before fails likewise; null while that is not asked. */
  private Trial before;

  RunningRoutes(Map<Path, String> texts, LiveRoutes live) {
    this.live = live;
    this.texts = texts;
  }

  /** Null if the file does not run. */
  String text(Path file) {
    return texts.get(file);
  }

  /** Of all files that run. */
  Map<Path, String> texts() {
    return texts;
  }

  void check(Map<Path, String> changes) throws Exception {
    Map<Path, String> running = texts; // a save may replace it meanwhile
    Map<Path, String> next = new TreeMap<>(running);
    next.putAll(changes);
    live.check(changes.keySet(), next, running);
  }

  /**
   * Has these run, on trial if something did before.
   *
   * @throws Exception why not; then all is as it was
   */
  void swap(List<Save> saves) throws Exception {
    Map<Path, String> changes = new HashMap<>();
    saves.forEach(save -> changes.put(save.file(), save.text()));
    boolean anyBefore = changes.keySet().stream().anyMatch(texts::containsKey);
    Map<Path, String> running = texts;
    Trial trial = anyBefore ? new Trial() : null;
    Set<Path> anew = swap(changes, trial);
    endWitness();
    if (trial != null) {
      onTrial.add(changes.keySet(), anew, running, trial);
    }
  }

  /**
   * @param changes the next texts of these files; null is that nothing runs of one
   * @param trial looks at what is made anew; null is that none does
   * @return the files whose routes are made anew
   */
  private Set<Path> swap(Map<Path, String> changes, Trial trial) throws Exception {
    Map<Path, String> next = new TreeMap<>(texts);
    next.putAll(changes);
    next.values().removeIf(text -> text == null);
    Set<Path> changed = changes.keySet();
    Set<Path> anew = new HashSet<>(live.check(changed, next, texts));
    anew.addAll(changed);
    anew.addAll(live.madeBy(changed, next));
    live.replace(anew, next, texts, trial);
    texts = next;
    return anew;
  }

  /** Whether something is on trial still. */
  boolean areOnTrial() {
    return before != null || !onTrial.before().isEmpty();
  }

  /** The trial of what fails, if something does. */
  Optional<Trial> failed() {
    return onTrial.failed();
  }

  /**
   * Runs what ran before, and looks whether that fails as well. With what cannot do without the
   * change that failed, all goes back that is on trial.
   *
   * @return the texts that do not run any more, of their files; null is none
   */
  Map<Path, String> takeBack(Trial failed) throws Exception {
    Map<Path, String> running = texts;
    Trial witness = failed.ofTheOneBefore();
    Map<Path, String> back = onTrial.before(failed);
    try {
      swap(back, witness);
    } catch (StartupException e) {
      back = onTrial.before();
      swap(back, witness);
    }
    onTrial.remove(Set.copyOf(back.keySet()));
    endWitness();
    before = witness;
    takenBack = new HashMap<>();
    for (Path file : back.keySet()) {
      takenBack.put(file, running.get(file));
    }
    return takenBack;
  }

  /** Whether what was taken back is not to blame. */
  boolean failsBefore() {
    if (before != null && before.isOver() && !before.hasFailed()) {
      endWitness();
    }
    return before != null && before.hasFailed();
  }

  /**
   * Runs again what was taken back.
   *
   * @return the texts that run now, of their files; null is none
   */
  Map<Path, String> letGoOn() throws Exception {
    Map<Path, String> again = takenBack;
    endWitness();
    swap(again, null);
    return again;
  }

  private void endWitness() {
    if (before != null) {
      before.end();
    }
    before = null;
    takenBack = Map.of();
  }

  /** What runs now is as good as it gets. */
  void endTrials() {
    onTrial.remove(Set.copyOf(onTrial.before().keySet()));
    endWitness();
  }
}
