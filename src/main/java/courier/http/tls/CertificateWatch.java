package courier.http.tls;

import courier.http.tls.CertificateFiles.Content;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has another certificate shown when its files have one. It looks at what they hold, as neither
 * times nor events tell of all ways in which files are replaced (Kubernetes swaps a link to their
 * folder). What is no certificate leaves the one before where it is.
 */
final class CertificateWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  private final CertificateFiles files;
  private final ServerKeys keys;
  private Content shown;
  private Object seen;
  private volatile String problem;
  private boolean toldExpiry;

  /**
   * @param shown what the files held when their certificate was loaded
   */
  CertificateWatch(CertificateFiles files, ServerKeys keys, Content shown) {
    this.files = files;
    this.keys = keys;
    this.shown = shown;
  }

  /** To be called again and again, by one thread at a time. */
  void look() {
    try {
      Content content = files.read();
      if (isStill(content)) {
        take(content);
      }
    } catch (CertificateProblem e) {
      if (isStill(e.getMessage())) {
        tell(e.getMessage());
      }
    }
    tellExpiry();
  }

  /** Whether it was the same at the look before, and so nobody is writing any more. */
  private boolean isStill(Object held) {
    boolean still = held.equals(seen);
    seen = held;
    return still;
  }

  private void take(Content content) {
    if (content.equals(shown)) {
      problem = null;
      return;
    }
    try {
      keys.show(files.load(content));
      shown = content;
      problem = null;
      toldExpiry = false;
      LOG.info("{} is shown anew, it is valid until {}", files, keys.shown().expiry());
    } catch (CertificateProblem e) {
      tell(e.getMessage());
    }
  }

  private void tell(String what) {
    if (!what.equals(problem)) {
      problem = what;
      LOG.warn("{} Until then the one before is shown.", what);
    }
  }

  private void tellExpiry() {
    if (!toldExpiry && hasExpired()) {
      toldExpiry = true;
      LOG.error("{}", expired());
    }
  }

  boolean hasExpired() {
    return keys.shown().hasExpired();
  }

  private String expired() {
    return files
        + " expired on "
        + keys.shown().expiry()
        + ", and clients refuse it: put a new one there, which is taken within seconds.";
  }

  /** What is wrong with the files, or with what is shown. */
  Optional<String> problem() {
    String found = problem;
    if (found != null) {
      String state = hasExpired() ? ", has expired." : ", is valid until ";
      return Optional.of(
          found
              + " The one before, which is shown still"
              + state
              + (hasExpired() ? "" : keys.shown().expiry() + "."));
    }
    return hasExpired() ? Optional.of(expired()) : Optional.empty();
  }
}
