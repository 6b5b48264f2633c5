package courier.deadletter;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One desk for all tests of a class, each with letters of its own. */
abstract class DeskOfAClass {
  @TempDir static Path folder;
  static DeskFixture fixture;

  @BeforeAll
  static void start() {
    fixture = new DeskFixture(folder);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }
}
