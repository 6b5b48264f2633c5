package courier.training;

import java.nio.file.Path;
import java.util.List;

/**
 * Ahead-of-time cache: classes loaded and linked (JEP 483, 514), but no profiles of methods (JEP
 * 515). By those a start is a little faster, and what is compiled stays slower for minutes than by
 * those of the run itself.
 */
record AotCache(Path file) implements Recording {
  @Override
  public List<String> options() {
    return List.of(
        "-XX:AOTCacheOutput=" + file,
        // What is diagnostic may be gone in a later version.
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:-AOTRecordTraining");
  }

  /** It is made at the end of the run. */
  @Override
  public void finish(Trainee trainee) throws InterruptedException {
    trainee.stop();
    check(trainee);
  }

  @Override
  public String use() {
    return "-XX:AOTCache=" + file;
  }
}
