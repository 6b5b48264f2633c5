package courier.doctor;

import courier.doctor.Finding.Severity;
import courier.http.HttpLimits;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine: its disk, if data is here, and how many files a process may have open. */
record HostChecks(Patient patient, int affordable) implements Check {
  private static final int MANY = 1000;

  HostChecks(Patient patient) {
    this(patient, HttpLimits.affordableConnections());
  }

  @Override
  public void look(Findings findings) throws IOException {
    Path data = patient.folder().resolve(patient.settings().get("data.dir"));
    if (Files.isDirectory(data)) {
      FileStore store = Files.getFileStore(data);
      ClusterChecks.disk(
          "data.dir has",
          store.getTotalSpace() - store.getUsableSpace(),
          store.getTotalSpace(),
          "data.dir=/a/larger/disk",
          findings);
    }
    String key = "http.max-connections";
    boolean said = !patient.settings().isBlank(key);
    int wanted = said ? patient.settings().count(key) : MANY;
    if (wanted > affordable) {
      findings.add(
          said ? Severity.BREAKS : Severity.PRODUCTION,
          "open-files",
          "The open files a process may have are enough for %d connections%s"
              .formatted(affordable, said ? ", and %s is %d".formatted(key, wanted) : ""),
          "Further ones are refused, or Courier has no file left to go on with.",
          "ulimit -n " + Math.max(65_536, wanted * (HttpLimits.FILES_PER_CONNECTION)));
    }
  }
}
