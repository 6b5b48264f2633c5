package courier.reload.save;

import courier.reload.version.Version;
import courier.reload.version.Version.Result;
import courier.reload.version.VersionLog;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what came of saves: in the log, in health, and in the versions. */
record SaveReports(String service, VersionLog versions, RefusedSaves refused) {
  private static final Logger LOG = LoggerFactory.getLogger(SavedRoutes.class);

  void accepted(Save save) {
    refused.remove(save.file());
    if (save.isGone()) {
      versions.add(save.file(), null, Result.DELETED, null);
      LOG.info("{} is gone, and its routes have stopped in {}", save.file(), service);
    } else {
      versions.add(save.file(), save.text(), Result.LIVE, null);
      LOG.info("{} is live in {}", save.file(), service);
    }
  }

  /** Once, however often it is tried. */
  void refused(Save save, String why) {
    if (refused.add(save, why, false)) {
      versions.add(save.file(), save.text(), Result.REFUSED, why);
      LOG.error(
          "{} is not live in {}, what ran before goes on: {}",
          save.file() + (save.isGone() ? ", which is gone," : ""),
          service,
          why);
    }
  }

  void takenBack(Path file, String failed, String why) {
    String said = "its first messages fail: " + why;
    refused.add(Save.of(file), said, true);
    versions.add(file, failed, Result.TAKEN_BACK, said);
    LOG.error("{} is taken back in {}, what ran before goes on: {}", file, service, said);
  }

  /** Of a run before. */
  void stillTakenBack(Path file, Version version) {
    refused.add(Save.of(file), version.why(), true);
    LOG.error(
        "{} is not live in {}, what ran before it was taken back goes on: {}",
        file,
        service,
        version.why());
  }

  void letGoOn(Path file, String text) {
    refused.remove(file);
    versions.add(file, text, text == null ? Result.DELETED : Result.LIVE, null);
    LOG.warn("{} is live in {} again: the version before fails likewise", file, service);
  }
}
