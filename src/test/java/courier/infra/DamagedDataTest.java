package courier.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of data in which something is not as it was left: it is said what to do about them. */
class DamagedDataTest {
  private static final String ADVICE = "move it away to begin with an empty one.";

  @TempDir private Path folder;

  private static InetSocketAddress address() throws IOException {
    return new InetSocketAddress("localhost", FreePort.next());
  }

  private static void refuses(EmbeddedServer server, Path damaged) {
    Exception refusal = assertThrows(IllegalStateException.class, () -> server.start(why -> {}));
    server.close();
    assertTrue(refusal.getMessage().contains(damaged.toString()), refusal::getMessage);
    assertTrue(refusal.getMessage().endsWith(ADVICE), refusal::getMessage);
    assertNull(refusal.getCause(), "or its words would be told instead");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 20_000})
  void aFileOfMongoDBThatIsNone(int length) throws Exception {
    byte[] junk = new byte[length];
    Arrays.fill(junk, (byte) 'x');
    Path file = Files.write(folder.resolve("mongodb.mv.db"), junk);

    refuses(new EmbeddedMongo(folder, address()), file);

    assertEquals(length, Files.size(file));
  }

  @Test
  void aKafkaThatDoesNotSayWhoseItIs() throws Exception {
    Path kafka = folder.resolve("kafka");
    Files.createDirectories(kafka.resolve("__cluster_metadata-0"));

    refuses(new EmbeddedKafka(kafka, address()), kafka);

    Files.writeString(kafka.resolve("meta.properties"), "junk");
    refuses(new EmbeddedKafka(kafka, address()), kafka);
  }
}
