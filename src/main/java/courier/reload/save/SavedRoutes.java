package courier.reload.save;

import courier.failure.Reason;
import courier.reload.trial.Trial;
import courier.reload.version.Version;
import courier.reload.version.Version.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes saved route files live, in the context of one service. A save that does not work leaves
 * running what ran before: what cannot be read is refused before anything stops, what cannot start
 * gives way to the last version that could, and so does what fails with its first messages.
 */
public final class SavedRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(SavedRoutes.class);

  private final RunningRoutes running;
  private final RoutesAtStart start;
  private final RefusedSaves refused;
  private final SaveReports reports;

  /**
   * @param refused is told of what is not live
   */
  public SavedRoutes(RoutesAtStart start, LiveRoutes live, RefusedSaves refused) {
    this.start = start;
    this.refused = refused;
    reports = new SaveReports(start.folder().service(), start.versions(), refused);
    running = new RunningRoutes(start.texts(), live);
  }

  /**
   * Notes what it began with, and takes what is otherwise by now, or was refused before.
   *
   * @param saves of all files, also of those that run and are gone
   */
  synchronized void begin(CamelContext context, Collection<Save> saves) {
    refused.measure(context);
    start.takenBack().forEach(reports::stillTakenBack);
    List<Save> other = new ArrayList<>();
    for (Save save : saves) {
      Version takenBack = start.takenBack().get(save.file());
      if (takenBack == null && save.is(running.text(save.file()))) {
        start.versions().add(save.file(), save.text(), Result.LIVE, null);
      } else if (takenBack == null || !save.is(takenBack.text())) {
        other.add(save);
      }
    }
    take(other);
  }

  /**
   * What runs of a file; null is nothing. Said without waiting for a save that is being taken,
   * which waits for those who ask.
   */
  public String text(Path file) {
    return running.text(file);
  }

  /** The same of all files. */
  public Map<Path, String> texts() {
    return Map.copyOf(running.texts());
  }

  /** Whether a file is otherwise on the disk than what runs. */
  public boolean isRefused(Path file) {
    return refused.has(file);
  }

  /**
   * Whether these files may have these texts, beside what runs at this moment. It does not wait for
   * a save either.
   *
   * @throws Exception why not
   */
  public void check(Map<Path, String> changes) throws Exception {
    running.check(changes);
  }

  /** As if it was saved once more; one that is gone was not. */
  public void startAnew(Path file) {
    Save save = Save.of(file);
    if (!save.isGone()) {
      take(List.of(save));
    }
  }

  /**
   * Those that need each other go live together; when something is wrong with one, each that is
   * good by itself does. What was refused before is tried once more, as it may have missed these.
   *
   * @param changed of the files that are new, other or gone
   */
  synchronized void take(Collection<Save> changed) {
    List<Save> saves = new ArrayList<>();
    boolean anyUnread = false;
    for (Save save : changed) {
      if (!save.isReadable()) {
        reports.refused(save, save.problem());
        anyUnread = true;
      } else if (!save.is(running.text(save.file()))) {
        saves.add(save);
      } else if (refused.has(save.file())) {
        reports.accepted(save);
      } else if (changed.size() == 1 && !save.isGone()) {
        saves.add(save); // saved anew as it is, to start anew
      }
    }
    boolean mayHaveMoved = anyUnread && saves.stream().anyMatch(Save::isGone);
    if (!saves.isEmpty() && (mayHaveMoved || !takeTogether(saves))) {
      takeEach(saves, anyUnread);
    }
    takeThoseBefore(changed, saves);
  }

  private void takeThoseBefore(Collection<Save> changed, List<Save> saves) {
    Set<Path> files = changed.stream().map(Save::file).collect(Collectors.toSet());
    List<Save> before =
        refused.toTryAgain().stream()
            .filter(save -> save.isReadable() && !files.contains(save.file()))
            .toList();
    List<Save> all = new ArrayList<>(before);
    saves.stream().filter(save -> refused.has(save.file())).forEach(all::add);
    boolean needEachOther = !before.isEmpty() && all.size() > before.size();
    if (!needEachOther || !takeTogether(all)) {
      takeEach(before, needEachOther);
    }
  }

  private boolean takeTogether(List<Save> saves) {
    try {
      running.swap(saves);
      saves.forEach(reports::accepted);
      return true;
    } catch (Exception e) {
      if (saves.size() == 1) {
        reports.refused(saves.get(0), Reason.of(e));
      }
      return saves.size() == 1;
    }
  }

  /** Twice, as the first may need the last. What is gone may have moved to what is refused. */
  private void takeEach(List<Save> saves, boolean anyUnread) {
    List<Save> left = new ArrayList<>(saves.stream().filter(save -> !save.isGone()).toList());
    left.removeIf(this::isTaken);
    left.removeIf(this::isTaken);
    boolean moved = anyUnread || !left.isEmpty();
    for (Save save : saves) {
      if (save.isGone() && moved) {
        reports.refused(save, "it may have moved to what was saved with it, which is not live");
      } else if (save.isGone()) {
        takeTogether(List.of(save));
      }
    }
  }

  private boolean isTaken(Save save) {
    takeTogether(List.of(save));
    return save.is(running.text(save.file()));
  }

  /**
   * Takes back what fails, and lets go on what the version before would not do better.
   *
   * @return whether there is more to judge soon
   */
  synchronized boolean judge() {
    try {
      Trial failed = running.failed().orElse(null);
      if (failed != null) {
        String why = Reason.of(failed.failure());
        running.takeBack(failed).forEach((file, text) -> reports.takenBack(file, text, why));
      } else if (running.failsBefore()) {
        running.letGoOn().forEach(reports::letGoOn);
      }
    } catch (Exception e) {
      LOG.error("The version before cannot start, all goes on as it is", e);
      running.endTrials();
    }
    return running.areOnTrial();
  }
}
