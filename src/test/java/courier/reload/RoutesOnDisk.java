package courier.reload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The routes folder of a running Courier, where each save waits for what the log says of it. */
final class RoutesOnDisk {
  static final String[] IN_EACH = {
    " is live in client-a", " is live in client-b", " is live in client-c"
  };

  private final CourierProcess courier;
  private final Map<String, String> before = new HashMap<>();

  RoutesOnDisk(CourierProcess courier) {
    this.courier = courier;
  }

  Path file(String path) {
    return courier.folder.resolve("routes").resolve(path);
  }

  /** Saves a file with a change, and waits until the log has these words. */
  void change(String path, String from, String to, String... words) throws IOException {
    String text = before.computeIfAbsent(path, any -> CourierProcess.read(file(path)));
    assertTrue(text.contains(from), from);
    save(path, text.replace(from, to), words);
  }

  void save(String path, String text, String... words) throws IOException {
    Path log = courier.folder.resolve("courier-0.log");
    int logged = CourierProcess.read(log).length();
    Files.writeString(file(path), text);
    await()
        .untilAsserted(
            () -> {
              String news = CourierProcess.read(log).substring(logged);
              for (String word : words) {
                assertTrue(news.contains(word), word + " in " + news);
              }
            });
  }

  /** Saves what was changed as it was before. */
  void undo() throws IOException {
    for (Map.Entry<String, String> each : before.entrySet()) {
      save(each.getKey(), each.getValue(), live(each.getKey()));
    }
    before.clear();
  }

  /** What the log says when a file is live in each service that it is of. */
  private static String[] live(String path) {
    return path.contains("/") ? new String[] {" is live"} : IN_EACH;
  }
}
