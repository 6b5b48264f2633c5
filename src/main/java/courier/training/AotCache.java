package courier.training;

import java.nio.file.Path;
import java.util.List;

/** Ahead-of-time cache: classes loaded and linked, and profiles of methods (JEP 483, 514, 515). */
record AotCache(Path file) implements Recording {
  @Override
  public List<String> options() {
    return List.of("-XX:AOTCacheOutput=" + file);
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
