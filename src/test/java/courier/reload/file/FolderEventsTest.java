package courier.reload.file;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderEventsTest {
  private static final long AN_HOUR = TimeUnit.HOURS.toMillis(1);

  @TempDir private Path temp;
  private Path folder;
  private FolderEvents events;

  @BeforeEach
  void start() throws Exception {
    folder = Files.createDirectory(temp.resolve("client-c"));
    events = new FolderEvents(List.of(folder));
    events.await(0);
  }

  @AfterEach
  void stop() throws IOException {
    events.close();
  }

  private void awaitEvent() {
    assertTimeoutPreemptively(Duration.ofMinutes(1), () -> events.await(AN_HOUR));
  }

  @Test
  void aWrittenFileEndsAWait() throws IOException {
    Files.writeString(folder.resolve("a.camel.yaml"), "one");

    awaitEvent();
  }

  @Test
  void aFolderInThePlaceOfAnotherIsWaitedForAsWell() throws Exception {
    Files.move(folder, temp.resolve("away"));
    Files.createDirectory(folder);
    events.await(0);
    Files.writeString(folder.resolve("a.camel.yaml"), "one");

    awaitEvent();
  }

  @Test
  void aFolderThatIsAwayIsWaitedForInVain() throws Exception {
    Files.delete(folder);

    events.await(1);
  }

  @Test
  void closedItEndsAWait() throws Exception {
    CompletableFuture<Void> waits = CompletableFuture.runAsync(this::awaitEvent);
    events.close();

    waits.get(1, TimeUnit.MINUTES);
  }
}
