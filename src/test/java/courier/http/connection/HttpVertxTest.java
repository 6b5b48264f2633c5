package courier.http.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpVertxTest {
  @TempDir private Path folder;

  @Test
  void makesNoFolderThatWhoIsKilledWouldLeave() throws Exception {
    FileSystemOptions files =
        new FileSystemOptions().setFileCacheDir(folder.resolve("cache").toString());
    VertxOptions options = new VertxOptions().setFileSystemOptions(files);
    HttpLimits limits = new HttpLimits(60_000, 60_000, 60_000, 10_000, 10_000);
    HttpVertx vertx = HttpVertx.of(options, limits, new ClientAddress(""), true, Optional.empty());
    try {
      assertArrayEquals(new String[0], folder.toFile().list());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }
}
