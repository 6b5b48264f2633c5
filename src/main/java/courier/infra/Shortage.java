package courier.infra;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a server that cannot go on is mostly short of, for the person who has to give it more. */
final class Shortage {
  private static final int MIB = 1 << 20;

  private Shortage() {}

  /** A sentence about the disk of this folder, and the file handles of this process. */
  static String of(Path folder) {
    return disk(folder) + handles();
  }

  private static String disk(Path folder) {
    try {
      return "%d MiB are free for %s"
          .formatted(Files.getFileStore(folder).getUsableSpace() / MIB, folder);
    } catch (IOException e) {
      return "%s cannot be reached (%s)".formatted(folder, e);
    }
  }

  private static String handles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? ", %d of %d file handles are in use"
            .formatted(system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount())
        : "";
  }
}
