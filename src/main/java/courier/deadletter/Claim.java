package courier.deadletter;

import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.Document;

/**
 * What a replay is known by: a random text that is told to nobody but the record that it sends.
 * What comes back with it is believed.
 */
public final class Claim {
  /** Of earlier replays, as what came of one may be known late. */
  private static final int KNOWN = 20;

  private Claim() {}

  /** What is set when a replay begins. */
  public static Document begin(String by) {
    Date now = new Date();
    return new Document("state", State.REPLAYING.text())
        .append("replayBy", by)
        .append("claim", UUID.randomUUID().toString())
        .append("claimedAt", now)
        .append("begunAt", now);
  }

  /** What is pushed to {@code claims} then. */
  public static Document known(Document begun) {
    return LetterHistory.last(List.of(begun.get("claim")), KNOWN);
  }

  /** Whether a letter was replayed with this claim, now or before. */
  static boolean isOf(Document letter, String claim) {
    List<String> claims = letter.getList("claims", String.class);
    return claim != null && claims != null && claims.contains(claim);
  }
}
