package courier.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Dynamic archive of class data: classes loaded and verified (JEP 350). */
record ClassArchive(Path file) implements Recording {
  @Override
  public List<String> options() {
    return List.of("-XX:+RecordDynamicDumpInfo");
  }

  /** While it still runs, as a virtual machine that is to do so at its end may hang there. */
  @Override
  public void finish(Trainee trainee) throws IOException, InterruptedException {
    trainee.jcmd("VM.cds", "dynamic_dump", '"' + file.toAbsolutePath().toString() + '"');
    check(trainee);
    trainee.stop();
  }

  @Override
  public String use() {
    return "-XX:SharedArchiveFile=" + file;
  }
}
