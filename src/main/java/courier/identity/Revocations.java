package courier.identity;

import courier.identity.token.Identity;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens that are good no more before they expire, as the topic of revocations has them. */
public final class Revocations {
  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final Map<String, Instant> people = new ConcurrentHashMap<>();

  /** Takes note of a batch of records. */
  public void take(@Body List<Exchange> records) {
    records.forEach(record -> take(record.getMessage().getBody(byte[].class)));
  }

  /**
   * @param json of a {@link Revocation}; null is one that its topic does not keep any more
   */
  void take(byte[] json) {
    if (json == null) {
      return;
    }
    try {
      Revocation revocation = Revocation.of(json);
      if (revocation.token() != null) {
        tokens.put(revocation.token(), revocation.until());
      } else if (revocation.person() != null) {
        people.merge(revocation.person(), revocation.until(), Revocations::later);
      }
    } catch (IOException | DateTimeException | NullPointerException e) {
      LOG.warn("A record of the topic of revocations is none: nobody is locked out by it");
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  boolean has(Identity identity) {
    Instant until = people.get(identity.name());
    return until != null && !identity.issued().isAfter(until)
        || identity.tokenId() != null && tokens.containsKey(identity.tokenId());
  }
}
