package courier.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the archive of a release as its page says, in a fresh copy, and runs what is in it. */
class ReleaseIT {
  static final String PAGE = "docs/release.md";

  @TempDir Path folder;
  private Checkout checkout;
  private Commands commands;

  @BeforeEach
  void copy() throws IOException {
    checkout = new Checkout(folder);
    commands = new Commands(checkout);
  }

  @AfterEach
  void stopAll() {
    checkout.close();
  }

  @Test
  void whatIsReleasedRuns() throws Exception {
    String hashes = commands.run(PAGE, 0);
    assertTrue(hashes.matches("(?s).*\\.zip\n.*\\.tar\\.gz\n"), hashes);
    checkout.start(commands.of(PAGE, 1));
    String answer = commands.run("README.md", 2);
    assertTrue(answer.contains("202 Accepted"), answer);
  }
}
