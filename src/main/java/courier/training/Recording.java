package courier.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a version of Java keeps what it learns in a run. */
interface Recording {
  /** The first that keeps classes, linked, in one run. */
  int FIRST_WITH_AOT_CACHE = 25;

  /**
   * @param folder where to keep it
   */
  static Recording ofThisJava(Path folder) {
    return Runtime.version().feature() < FIRST_WITH_AOT_CACHE
        ? new ClassArchive(folder.resolve("courier.jsa"))
        : new AotCache(folder.resolve("courier.aot"));
  }

  Path file();

  /** The options of the run to learn from. */
  List<String> options();

  /** Stops that run, and returns when all is kept. */
  void finish(Trainee trainee) throws IOException, InterruptedException;

  /** The option of a run that knows it already. */
  String use();

  /** A process that uses the old file has it open and keeps it, as the new one is another file. */
  default void discard() throws IOException {
    Files.deleteIfExists(file());
  }

  /** Fails when it is not there. */
  default void check(Trainee trainee) {
    if (!Files.isRegularFile(file())) {
      throw new IllegalStateException(
          "Java has not written %s:%n%s".formatted(file(), trainee.lastLines()));
    }
  }
}
