package courier.chaos.fault;

import courier.chaos.ledger.HarnessFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Saves route files of client B while it runs, all of them once more in the end. */
final class RouteSaves {
  /** Those on the way of a message. */
  static final List<String> FILES =
      List.of(
          "handle-one-by-one.camel.yaml",
          "handle-records.camel.yaml",
          "park-when-exhausted.camel.yaml",
          "push-stored.camel.yaml",
          "receive-message.camel.yaml",
          "store-message.camel.yaml");

  /** One that a client B may be started without. */
  static final String SPARE = "history.camel.yaml";

  /** What a client B that is started just now says, and ends: it is not to blame. */
  static final String BROKEN = "broken-by-the-chaos-run";

  private final Path folder;
  private final Map<String, String> texts = new HashMap<>();

  RouteSaves(Path folder) {
    this.folder = folder;
    FILES.forEach(this::read);
    read(SPARE);
  }

  private void read(String name) {
    try {
      texts.put(name, Files.readString(folder.resolve(name)));
    } catch (IOException e) {
      throw new HarnessFault("no route file " + name, e);
    }
  }

  /** Its routes begin anew, and do the same. */
  void save(String name, int edit) {
    write(name, texts.get(name) + "# edit " + edit + "\n");
  }

  void breakUp(String name) {
    write(name, texts.get(name) + "- " + BROKEN + ": {}\n");
  }

  void delete(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw new HarnessFault("cannot delete " + name, e);
    }
  }

  void restore(String name) {
    write(name, texts.get(name));
  }

  void saveAll() {
    texts.replaceAll((name, text) -> text + "# the last edit\n");
    texts.forEach(this::write);
  }

  /** As they are to be. */
  Map<String, String> texts() {
    return texts;
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new HarnessFault("cannot save " + name, e);
    }
  }
}
