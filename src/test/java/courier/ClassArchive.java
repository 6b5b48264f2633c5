package courier;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import courier.socketio.SocketioClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The classes of Courier, loaded and verified, as a first run leaves them behind. Processes that
 * begin with them are ready in half of the time, and do the same.
 */
final class ClassArchive {
  /** The virtual machine uses an archive only with the jar, and the Java, that it was made of. */
  private static final Path FILE =
      Path.of("target/courier-" + System.getProperty("java.vm.version") + ".jsa").toAbsolutePath();

  private static final Path LOCK = Path.of(FILE + ".lock");

  static {
    // Whoever comes first makes it, and all others wait.
    try (FileChannel channel = FileChannel.open(LOCK, CREATE, WRITE)) {
      channel.lock();
      if (!Files.exists(FILE) || isOlderThanJar()) {
        make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private ClassArchive() {}

  /** The option of a virtual machine that begins with them. */
  static String option() {
    return "-XX:SharedArchiveFile=" + FILE;
  }

  private static boolean isOlderThanJar() throws IOException {
    return Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(CourierProcess.JAR))
        < 0;
  }

  private static void make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of("target"), "class-archive-");
    try (CourierProcess courier = new CourierProcess(folder)) {
      Path log = folder.resolve("courier.log");
      Process process =
          courier.launch(
              courier
                  .java("-XX:+RecordDynamicDumpInfo", "-jar", CourierProcess.JAR.toString())
                  .redirectErrorStream(true)
                  .redirectOutput(log.toFile()));
      CourierProcess.awaitReady(process, log);
      try (SocketioClient client = courier.socketio()) {
        courier.send("{\"from\":\"a\",\"to\":\"clientB\",\"message\":\"first\"}");
        client.awaitReceived(1);
      }
      Path made = folder.resolve("classes.jsa").toAbsolutePath();
      // Not at its end, as a virtual machine that is to do so does not always come to one.
      Process dump =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  String.valueOf(process.pid()),
                  "VM.cds",
                  "dynamic_dump",
                  made.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("jcmd.log").toFile())
              .start();
      if (dump.waitFor() != 0) {
        throw new IOException("there is no archive, see " + folder);
      }
      Files.move(made, FILE, REPLACE_EXISTING);
    }
  }
}
